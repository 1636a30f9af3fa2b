import { z } from "zod";
import { inPool } from "@/server/domain/environments/limits";
import { findLimits } from "@/server/domain/environments/find-limits";
import { recordSample } from "@/server/domain/environments/record-sample";
import { identityOf } from "./credential-steps";
import { defineSaga } from "./saga";

const Sample = z.object({
  tenant: z.string(),
  rows: z.number(),
  storageBytes: z.number(),
  overLimit: z.boolean(),
});

export const applyLimits = defineSaga("apply-limits", {
  steps: {
    apply: {
      kind: "effect",
      async run({ db, drivers, input }) {
        const driver = await drivers.pool(input.poolId);
        // Another change may overtake this one: only what the registry says at the end counts.
        for (let limits = await findLimits(db, input.environmentId); limits;) {
          const result = await driver.setLimits(identityOf(input), inPool(limits));
          const now = await findLimits(db, input.environmentId);
          if (now?.storageLimitMb === limits.storageLimitMb && now.rowLimit === limits.rowLimit)
            return { detail: result.overLimit ? "Refuses writes" : "Takes writes", result };
          limits = now;
        }
        return { detail: "The environment is gone" };
      },
    },
    record: {
      kind: "commit",
      async run(ctx, tx) {
        const sample = Sample.safeParse(ctx.results.get("apply"));
        if (sample.success) await recordSample(tx, sample.data);
      },
    },
  },
});
