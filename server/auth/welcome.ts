import { eq } from "drizzle-orm";
import { user } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { newId } from "@/server/kernel/ids";

/** Records a new person. The first of all is the operator already: the database sees to that. */
export async function welcome(db: Db, person: { id: string; email: string }): Promise<void> {
  await withTransaction(db, async (tx) => {
    const [row] = await tx.select({ role: user.role }).from(user).where(eq(user.id, person.id));
    const ctx = {
      actor: { kind: "user" as const, id: person.id, label: person.email },
      requestId: newId(),
      door: "console" as const,
      ip: null,
    };
    await appendAudit(tx, ctx, {
      action: "user.sign_up",
      subject: { kind: "user", id: person.id, label: person.email },
      detail: { operator: row?.role === "operator" },
    });
  });
}
