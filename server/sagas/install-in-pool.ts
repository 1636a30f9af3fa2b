import { getOrderedRelease } from "@/server/domain/packages/record-install";
import { recordFailedInPool, recordInstalledInPool } from "@/server/domain/pools/record-install";
import { defineSaga } from "./saga";

export const installInPool = defineSaga("install-in-pool", {
  steps: {
    apply: {
      kind: "effect",
      async run({ db, drivers, input }) {
        const release = await getOrderedRelease(db, input);
        const applied = await (await drivers.pool(input.poolId)).installRelease(release);
        return {
          detail: applied.length > 0 ? `Applied ${applied.join(", ")}` : "It had every file of it already",
        };
      },
    },
    record: {
      kind: "commit",
      async run(ctx, tx) {
        await recordInstalledInPool(tx, ctx, ctx.input);
        return { detail: "Services of all tenants hear of it" };
      },
    },
  },
  failed: (ctx, tx, reason) => recordFailedInPool(tx, ctx, ctx.input, reason),
});
