import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { apiKey, user } from "@/drizzle/control/schema/people";
import type { Db } from "@/server/db/client";
import { hashApiKey } from "@/server/domain/api-keys/hash";
import { cachedIdentity, cacheIdentity, type Identity } from "@/server/kernel/identity-cache";
import { auth } from "./auth";

const sessionCookie = /(?:^|;\s*)((?:__Secure-)?freehold\.session_token=[^;]+)/;

/** Who is asking: by API key, by session cookie, or null. */
export async function identify(db: Db, headers: Headers): Promise<Identity | null> {
  const bearer = /^Bearer (fh_[A-Za-z0-9_-]{20,100})$/.exec(headers.get("authorization") ?? "")?.[1];
  if (headers.has("authorization")) return bearer ? byApiKey(db, bearer) : null;
  const cookie = sessionCookie.exec(headers.get("cookie") ?? "")?.[1];
  return cookie ? bySession(headers, cookie) : null;
}

async function bySession(headers: Headers, cookie: string): Promise<Identity | null> {
  const known = cachedIdentity(cookie);
  if (known) return known;
  const found = await (
    await auth()
  ).api.getSession({ headers: new Headers({ cookie: headers.get("cookie") ?? "" }) });
  if (!found || found.user.banned) return null;
  const identity: Identity = {
    userId: found.user.id,
    name: found.user.name,
    email: found.user.email,
    emailVerified: found.user.emailVerified,
    isOperator: found.user.role === "operator",
    sessionToken: found.session.token,
    activeEnvironmentId: found.session.activeEnvironmentId ?? null,
    apiKey: null,
    expiresAt: found.session.expiresAt.getTime(),
  };
  cacheIdentity(cookie, identity);
  return identity;
}

async function byApiKey(db: Db, key: string): Promise<Identity | null> {
  const keyHash = hashApiKey(key);
  const known = cachedIdentity(keyHash);
  if (known) return known;
  const [row] = await db
    .select({ key: apiKey, user })
    .from(apiKey)
    .innerJoin(user, eq(user.id, apiKey.userId))
    .where(
      and(
        eq(apiKey.keyHash, keyHash),
        isNull(apiKey.revokedAt),
        gt(apiKey.expiresAt, new Date()),
        eq(user.banned, false),
      ),
    );
  if (!row) return null;
  const identity: Identity = {
    userId: row.user.id,
    name: row.user.name,
    email: row.user.email,
    emailVerified: row.user.emailVerified,
    isOperator: row.user.role === "operator",
    sessionToken: null,
    activeEnvironmentId: null,
    apiKey: { id: row.key.id, name: row.key.name },
    expiresAt: row.key.expiresAt.getTime(),
  };
  cacheIdentity(keyHash, identity);
  await sampleUse(db, row.key.id, row.key.lastUsedAt);
  return identity;
}

/** Last use is kept to the minute, so that reading does not mean writing. */
async function sampleUse(db: Db, id: string, lastUsedAt: Date | null): Promise<void> {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < 60_000) return;
  await db
    .update(apiKey)
    .set({ lastUsedAt: sql`cast(unixepoch('subsec') * 1000 as integer)` })
    .where(eq(apiKey.id, id));
}
