import { and, eq } from "drizzle-orm";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutPool, changedMeanwhile, requirePoolState } from "./internal";
import { getPoolRow } from "./row";
import type { PoolRef } from "./schema";

/** Has a pool that could not be made tried again. Operators only. */
export async function retryPool(ctx: UserContext, input: PoolRef): Promise<{ operation: { id: string } }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const row = await getPoolRow(tx, input.pool);
    requirePoolState("retry", row);
    const changed = await tx
      .update(pool)
      .set({ state: "creating", stateReason: "", updatedAt: new Date() })
      .where(and(eq(pool.id, row.id), eq(pool.state, row.state)))
      .returning({ id: pool.id });
    if (changed.length === 0) throw changedMeanwhile();
    await appendAudit(tx, ctx, { ...aboutPool(row), action: "pool.retry" });
    return {
      operation: await enqueue(tx, ctx, "create-pool", {
        input: { poolId: row.id },
        subject: row.slug,
        lockKey: row.id,
      }),
    };
  });
}
