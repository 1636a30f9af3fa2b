import { and, eq, isNull } from "drizzle-orm";
import { apiKey } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import { onCommit, withTransaction } from "@/server/db/transaction";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { forgetIdentity } from "@/server/kernel/identity-cache";
import type { RevokeApiKey } from "./schema";

/** Ends one of the caller's keys at once. */
export async function revokeApiKey(ctx: UserContext, input: RevokeApiKey): Promise<{ revoked: true }> {
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .update(apiKey)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiKey.id, input.apiKey), eq(apiKey.userId, ctx.user.id), isNull(apiKey.revokedAt)))
      .returning({ id: apiKey.id, name: apiKey.name });
    if (!row) throw new DomainError("not_found", "There is no such key, or it is revoked already.");
    await appendAudit(tx, ctx, {
      action: "api_key.revoke",
      subject: { kind: "api_key", id: row.id, label: row.name },
    });
    onCommit(tx, () => forgetIdentity(ctx.user.id));
    return { revoked: true };
  });
}
