import { and, eq, inArray } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";

/** Orders a comparison of registry and databases, or joins the one that is under way. */
export async function orderCheck(tx: Tx, ctx: BaseContext): Promise<{ id: string }> {
  const [underWay] = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.saga, "reconcile"), inArray(operation.status, ["queued", "running"])));
  if (underWay) return underWay;
  const ordered = await enqueue(tx, ctx, "reconcile", { input: {}, subject: "Registry and databases" });
  await appendAudit(tx, ctx, {
    action: "findings.check",
    subject: { kind: "operation", id: ordered.id, label: "reconcile" },
  });
  return { id: ordered.id };
}
