import { z } from "zod";
import { keepClusterOffline, openCluster as open } from "@/server/domain/clusters/open";
import { defineSaga } from "./saga";

const Prepared = z.object({ engine: z.string() });

export const openCluster = defineSaga("open-cluster", {
  steps: {
    prepare: {
      kind: "effect",
      async run(ctx) {
        const { engine } = await (await ctx.drivers.of(ctx.input)).prepare();
        return { detail: engine, result: { engine } };
      },
    },
    open: {
      kind: "commit",
      async run(ctx, tx) {
        const { engine } = Prepared.parse(ctx.results.get("prepare"));
        await open(tx, ctx, { clusterId: ctx.input.clusterId, engine });
        return { detail: "Takes databases from now on" };
      },
    },
  },
  failed: (ctx, tx, reason) => keepClusterOffline(tx, ctx.input.clusterId, reason),
});
