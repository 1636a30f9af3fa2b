import { eq } from "drizzle-orm";
import { user } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import { onCommit, withTransaction } from "@/server/db/transaction";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { forgetIdentity } from "@/server/kernel/identity-cache";
import type { RenamePerson } from "./schema";

/** Gives the caller another name, which everyone sees from the next page on. */
export async function renamePerson(ctx: UserContext, input: RenamePerson): Promise<{ name: string }> {
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx.select({ name: user.name }).from(user).where(eq(user.id, ctx.user.id));
    if (!row) throw new DomainError("not_found", "There is no such person.");
    if (row.name === input.name) return { name: input.name };
    await tx.update(user).set({ name: input.name, updatedAt: new Date() }).where(eq(user.id, ctx.user.id));
    await appendAudit(tx, ctx, {
      action: "user.rename",
      subject: { kind: "user", id: ctx.user.id, label: ctx.user.email },
      detail: { from: row.name, to: input.name },
    });
    onCommit(tx, () => forgetIdentity(ctx.user.id));
    return { name: input.name };
  });
}
