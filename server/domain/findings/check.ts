import { and, eq, inArray } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";

/** Orders a comparison of registry and databases, or joins the one that is under way. Operators only. */
export async function checkFindings(ctx: UserContext): Promise<{ operation: { id: string } }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const [underWay] = await tx
      .select({ id: operation.id })
      .from(operation)
      .where(and(eq(operation.saga, "reconcile"), inArray(operation.status, ["queued", "running"])));
    if (underWay) return { operation: underWay };
    const ordered = await enqueue(tx, ctx, "reconcile", { input: {}, subject: "Registry and databases" });
    await appendAudit(tx, ctx, {
      action: "findings.check",
      subject: { kind: "operation", id: ordered.id, label: "reconcile" },
    });
    return { operation: ordered };
  });
}
