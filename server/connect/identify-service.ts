import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { service } from "@/drizzle/control/schema/services";
import type { Db } from "@/server/db/client";
import { hashServiceKey, serviceKeyShape } from "@/server/domain/services/key";
import type { ServiceScope } from "@/server/domain/services/names";
import { DomainError } from "@/server/kernel/errors";
import { singleton } from "@/server/kernel/singleton";

export type Service = Pick<
  typeof service.$inferSelect,
  "id" | "name" | "scopes" | "credentialScope" | "expiresAt"
>;

/** A revoked key is refused within a second everywhere. */
const keptMs = 500;
const cache = () => singleton("services", () => new LRUCache<string, Service>({ max: 1000, ttl: keptMs }));

/** The service that asks; throws `unauthenticated`, or `forbidden` when its key has another scope. */
export async function identifyService(
  db: Db,
  headers: Headers,
  scope: ServiceScope | "any",
): Promise<Service> {
  const key = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  const found = serviceKeyShape.test(key) ? await findService(db, hashServiceKey(key)) : null;
  if (!found || (found.expiresAt !== null && found.expiresAt <= new Date()))
    throw new DomainError("unauthenticated", "Send a service key: Authorization: Bearer fhs_…");
  if (scope !== "any" && !found.scopes.includes(scope))
    throw new DomainError("forbidden", `The key of ${found.name} does not have the scope ${scope}.`);
  return found;
}

async function findService(db: Db, keyHash: string): Promise<Service | null> {
  const kept = cache().get(keyHash);
  if (kept) return kept;
  const { id, name, scopes, credentialScope, expiresAt, lastUsedAt } = service;
  const [row] = await db
    .select({ id, name, scopes, credentialScope, expiresAt, lastUsedAt })
    .from(service)
    .where(and(eq(service.keyHash, keyHash), isNull(service.revokedAt)));
  if (!row) return null;
  cache().set(keyHash, row);
  await sampleUse(db, row);
  return row;
}

/** Last use is kept to the minute, so that reading does not mean writing. */
async function sampleUse(db: Db, row: { id: string; lastUsedAt: Date | null }): Promise<void> {
  const old = new Date(Date.now() - 60_000);
  if (row.lastUsedAt && row.lastUsedAt > old) return;
  await db
    .update(service)
    .set({ lastUsedAt: sql`cast(unixepoch('subsec') * 1000 as integer)` })
    .where(and(eq(service.id, row.id), or(isNull(service.lastUsedAt), lt(service.lastUsedAt, old))));
}
