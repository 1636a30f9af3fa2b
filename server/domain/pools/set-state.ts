import { and, eq } from "drizzle-orm";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { aboutPool, changedMeanwhile, requirePoolState } from "./internal";
import type { PoolState } from "./names";
import { presentPool } from "./present";
import { getPoolRow } from "./row";
import type { PoolRef } from "./schema";

const targets = { drain: "draining", activate: "active" } as const satisfies Record<string, PoolState>;

/** `drain`: takes no new tenant, serves those that it has. `activate`: takes them again. Operators only. */
export async function setPoolState(ctx: UserContext, input: PoolRef, action: keyof typeof targets) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const row = await getPoolRow(tx, input.pool);
    requirePoolState(action, row);
    const [changed] = await tx
      .update(pool)
      .set({ state: targets[action], stateReason: "", updatedAt: new Date() })
      .where(and(eq(pool.id, row.id), eq(pool.state, row.state)))
      .returning();
    if (!changed) throw changedMeanwhile();
    await appendAudit(tx, ctx, { ...aboutPool(row), action: `pool.${action}` });
    return presentPool(changed);
  });
}
