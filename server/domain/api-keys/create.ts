import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { apiKey } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { hashApiKey, newApiKey } from "./hash";
import type { CreateApiKey } from "./schema";

const keysPerPerson = 50;

/** Makes a key that acts as its creator. The key itself is in this answer and nowhere else. */
export async function createApiKey(ctx: UserContext, input: CreateApiKey) {
  const key = newApiKey();
  const now = new Date();
  const row = {
    id: newId(),
    userId: ctx.user.id,
    name: input.name,
    start: key.slice(0, 9),
    keyHash: hashApiKey(key),
    createdAt: now,
    expiresAt: new Date(now.getTime() + input.days * 24 * 3600 * 1000),
  };
  await withTransaction(ctx.db, async (tx) => {
    const [counted] = await tx
      .select({ live: sql<number>`count(*)` })
      .from(apiKey)
      .where(and(eq(apiKey.userId, ctx.user.id), isNull(apiKey.revokedAt), gt(apiKey.expiresAt, now)));
    if ((counted?.live ?? 0) >= keysPerPerson)
      throw new DomainError("limit", `You have ${keysPerPerson} keys. Revoke one first.`);
    await tx.insert(apiKey).values(row);
    await appendAudit(tx, ctx, {
      action: "api_key.create",
      subject: { kind: "api_key", id: row.id, label: row.name },
      detail: { start: row.start, expiresAt: row.expiresAt.toISOString() },
    });
  });
  return { id: row.id, name: row.name, start: row.start, expiresAt: row.expiresAt, key };
}
