import { appendAudit } from "@/server/audit/append";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutPool, requirePoolState } from "./internal";
import { getPoolRow } from "./row";
import type { PoolRef } from "./schema";

/** Orders the end of an empty pool, with its database and its secrets. Operators only. */
export async function removePool(ctx: UserContext, input: PoolRef): Promise<{ operation: { id: string } }> {
  requireOperator(ctx);
  try {
    return await withTransaction(ctx.db, async (tx) => {
      const row = await getPoolRow(tx, input.pool);
      requirePoolState("remove", row);
      await appendAudit(tx, ctx, { ...aboutPool(row), action: "pool.remove", detail: { name: row.name } });
      return {
        operation: await enqueue(tx, ctx, "remove-pool", {
          input: { poolId: row.id },
          subject: row.slug,
          lockKey: row.id,
        }),
      };
    });
  } catch (error) {
    if (!isUniqueViolation(error, "sys_operation.lock_key")) throw error;
    throw new DomainError("conflict", "Something is under way in it. Follow that operation.", {
      cause: error,
    });
  }
}
