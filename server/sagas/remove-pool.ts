import { sealedOf } from "@/server/db/sealed";
import { forgetPool } from "@/server/domain/pools/forget";
import { getPoolRow } from "@/server/domain/pools/row";
import { DomainError } from "@/server/kernel/errors";
import { defineSaga } from "./saga";

export const removePool = defineSaga("remove-pool", {
  steps: {
    "drop-database": {
      kind: "effect",
      async run({ db, drivers, input: { poolId } }) {
        const row = await getPoolRow(db, poolId);
        // A tenant may have come between the order and now.
        if (row.tenantCount > 0) throw new DomainError("precondition", "It holds a tenant again.");
        if (!sealedOf(row)) return { detail: "It was never made" };
        await (await drivers.pool(poolId)).dropPool();
        return { detail: row.databaseName };
      },
    },
    forget: {
      kind: "commit",
      run: (ctx, tx) => forgetPool(tx, ctx, ctx.input.poolId),
    },
  },
});
