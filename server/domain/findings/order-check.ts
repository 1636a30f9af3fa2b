import { desc, eq } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import type { BaseContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";

const everyMs = 86_400_000;

/**
 * Orders a comparison of registry and databases, or joins the one that is under way. With
 * `unlessSince`, one that was ordered within a day of that moment is enough.
 */
export async function orderCheck(ctx: BaseContext, unlessSince?: Date): Promise<{ id: string }> {
  return withTransaction(ctx.db, async (tx) => {
    const [newest] = await tx
      .select({ id: operation.id, status: operation.status, at: operation.createdAt })
      .from(operation)
      .where(eq(operation.saga, "reconcile"))
      .orderBy(desc(operation.id))
      .limit(1);
    const isUnderWay = newest?.status === "queued" || newest?.status === "running";
    const isFresh = newest && unlessSince && unlessSince.getTime() - newest.at.getTime() < everyMs;
    if (newest && (isUnderWay || isFresh)) return { id: newest.id };
    const ordered = await enqueue(tx, ctx, "reconcile", { input: {}, subject: "Registry and databases" });
    await appendAudit(tx, ctx, {
      action: "findings.check",
      subject: { kind: "operation", id: ordered.id, label: "reconcile" },
    });
    return { id: ordered.id };
  });
}
