import { eq } from "drizzle-orm";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { aboutPool, changedMeanwhile } from "./internal";
import { presentPool } from "./present";
import { getPoolRow } from "./row";
import type { UpdatePool } from "./schema";

/** Changes a pool's name and capacity. Operators only. */
export async function updatePool(ctx: UserContext, { pool: id, ...changes }: UpdatePool) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const row = await getPoolRow(tx, id);
    const [changed] = await tx
      .update(pool)
      .set({ ...changes, updatedAt: new Date() })
      .where(eq(pool.id, id))
      .returning();
    if (!changed) throw changedMeanwhile();
    await appendAudit(tx, ctx, { ...aboutPool(row), action: "pool.update", detail: changes });
    return presentPool(changed);
  });
}
