import { desc, eq } from "drizzle-orm";
import { apiKey } from "@/drizzle/control/schema/people";
import type { UserContext } from "@/server/kernel/context";

/** The caller's keys, the newest first; never the keys themselves. */
export async function listApiKeys(ctx: UserContext) {
  const { id, name, start, createdAt, expiresAt, lastUsedAt, revokedAt } = apiKey;
  const items = await ctx.db
    .select({ id, name, start, createdAt, expiresAt, lastUsedAt, revokedAt })
    .from(apiKey)
    .where(eq(apiKey.userId, ctx.user.id))
    .orderBy(desc(apiKey.createdAt))
    .limit(200);
  return { items };
}
