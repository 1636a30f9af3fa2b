import { sealedOf } from "@/server/db/sealed";
import { failPool, openPool, sealPool } from "@/server/domain/pools/open";
import { getPoolRow } from "@/server/domain/pools/row";
import { canaryRelease } from "@/server/drivers/pool/canary";
import { mintPoolSecrets } from "@/server/drivers/pool/secrets";
import { packSecrets } from "@/server/kernel/pool-secrets";
import { seal } from "@/server/kernel/seal/seal";
import { defineSaga } from "./saga";

export const createPool = defineSaga("create-pool", {
  steps: {
    "seal-secrets": {
      kind: "effect",
      async run({ db, input: { poolId } }) {
        if (sealedOf(await getPoolRow(db, poolId))) return { detail: "They are there already" };
        const sealed = await seal(packSecrets(mintPoolSecrets()), { kind: "pool", id: poolId });
        await sealPool(db, poolId, sealed);
        return { detail: `Sealed with ${sealed.kmsKeyId}` };
      },
    },
    "create-database": {
      kind: "effect",
      async run(ctx) {
        const driver = await ctx.drivers.pool(ctx.input.poolId);
        await driver.createPool();
        await driver.installRelease(canaryRelease);
        return { detail: "Database, roles and fences" };
      },
      async undo(ctx) {
        await (await ctx.drivers.pool(ctx.input.poolId)).dropPool();
      },
    },
    open: {
      kind: "commit",
      async run(ctx, tx) {
        await openPool(tx, ctx, ctx.input.poolId);
        return { detail: "Takes tenants from now on" };
      },
    },
  },
  failed: (ctx, tx, reason) => failPool(tx, ctx, ctx.input.poolId, reason),
});
