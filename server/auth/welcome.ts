import { and, eq, sql } from "drizzle-orm";
import { user } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { newId } from "@/server/kernel/ids";

/** Records a new person. The first of all becomes the operator: of two at once, the one whose row came first. */
export async function welcome(db: Db, person: { id: string; email: string }): Promise<void> {
  await withTransaction(db, async (tx) => {
    const promoted = await tx
      .update(user)
      .set({ role: "operator" })
      .where(and(eq(user.id, person.id), eq(user.id, sql`(select id from user order by rowid limit 1)`)))
      .returning({ id: user.id });
    const ctx = {
      actor: { kind: "user" as const, id: person.id, label: person.email },
      requestId: newId(),
      door: "console" as const,
      ip: null,
    };
    await appendAudit(tx, ctx, {
      action: "user.sign_up",
      subject: { kind: "user", id: person.id, label: person.email },
      detail: { operator: promoted.length > 0 },
    });
  });
}
