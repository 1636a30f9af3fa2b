import { and, desc, eq, isNotNull } from "drizzle-orm";
import { isolationFinding } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import type { BaseContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";

/** What a login did to be in the way of others, and Freehold has undone. */
export interface Mended {
  rule: string;
  /** The login. */
  object: string;
  problem: string;
}

/** The same within this time is one finding, and one line in the trail. */
const foldMs = 3_600_000;

/**
 * Keeps what was put right as closed findings, and says so in the fleet's trail. What comes again
 * within an hour of the last time is the same finding, seen later.
 */
export async function recordMended(
  ctx: BaseContext,
  { poolId, at, mended }: { poolId: string; at: Date; mended: readonly Mended[] },
): Promise<void> {
  if (mended.length === 0) return;
  await withTransaction(ctx.db, async (tx) => {
    const [home] = await tx.select({ slug: pool.slug }).from(pool).where(eq(pool.id, poolId));
    if (!home) throw new DomainError("not_found", "There is no such pool.");
    for (const one of mended) {
      if (await sawAgain(tx, { ...one, poolId, at })) continue;
      await tx.insert(isolationFinding).values({
        ...one,
        id: newId(),
        poolId,
        severity: "medium",
        why: "Tenants of a pool share its tables and the logins of services: what one of them does here, all of them wait for.",
        mend: "-- Freehold has put it right. Ask whose code this login runs.",
        firstSeenAt: at,
        lastSeenAt: at,
        closedAt: at,
      });
      await appendAudit(tx, ctx, {
        action: "isolation.restore",
        subject: { kind: "pool", id: poolId, label: home.slug },
        detail: { rule: one.rule, login: one.object },
      });
    }
  });
}

async function sawAgain(tx: Tx, { poolId, rule, object, at }: Mended & { poolId: string; at: Date }) {
  const [last] = await tx
    .select({ id: isolationFinding.id, lastSeenAt: isolationFinding.lastSeenAt })
    .from(isolationFinding)
    .where(
      and(
        eq(isolationFinding.poolId, poolId),
        isNotNull(isolationFinding.closedAt),
        eq(isolationFinding.rule, rule),
        eq(isolationFinding.object, object),
      ),
    )
    .orderBy(desc(isolationFinding.lastSeenAt))
    .limit(1);
  if (!last || at.getTime() - last.lastSeenAt.getTime() > foldMs) return false;
  await tx
    .update(isolationFinding)
    .set({ lastSeenAt: at, closedAt: at })
    .where(eq(isolationFinding.id, last.id));
  return true;
}
