import { and, count, eq, gt } from "drizzle-orm";
import { calculateJwkThumbprint } from "jose";
import { z } from "zod";
import { service } from "@/drizzle/control/schema/services";
import { contextKey } from "@/drizzle/control/schema/tokens";
import type { Db, Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { listContextKeys } from "@/server/domain/services/list-context-keys";
import { DomainError } from "@/server/kernel/errors";
import { etagOf } from "./answer-cache";
import type { Service } from "./identify-service";

const hourMs = 3600 * 1000;
const signsMs = 24 * hourMs;
/** Longer by what a message may wait in a queue. */
const livesMs = 8 * 24 * hourMs;
/** Of one service at once: each of its processes has one for each day of the last eight. */
const mostKeys = 1000;

const point = z
  .string()
  .refine(
    (x) => Buffer.from(x, "base64url").length === 32 && isCanonical(x),
    "x must be 32 bytes as base64url.",
  );

const isCanonical = (text: string) => Buffer.from(text, "base64url").toString("base64url") === text;

/** The body of a registration: a public Ed25519 key and nothing else, above all no `d`. */
export const ContextKeyRequest = z.strictObject({
  jwk: z.strictObject({
    kty: z.literal("OKP", "kty must be OKP."),
    crv: z.literal("Ed25519", "crv must be Ed25519."),
    x: point,
    alg: z.enum(["EdDSA", "Ed25519"]).optional(),
    use: z.literal("sig").optional(),
    kid: z.string().max(43).optional(),
  }),
});
export type ContextKeyRequest = z.infer<typeof ContextKeyRequest>;

type Row = typeof contextKey.$inferSelect;

interface Registered {
  key: Row;
  isNew: boolean;
}

/**
 * Takes what a process of the service signs contexts with. Taken again it is the same as before: its time
 * runs from the first. Throws `invalid` unless `kid` is the thumbprint of the key, `conflict`
 * when it is another service's, `limit` when the service has a thousand keys alive.
 */
export async function registerContextKey(
  db: Db,
  owner: Service,
  kid: string,
  { jwk }: ContextKeyRequest,
): Promise<Registered> {
  const { kty, crv, x } = jwk;
  if (kid !== (await calculateJwkThumbprint({ kty, crv, x })) || (jwk.kid ?? kid) !== kid)
    throw new DomainError("invalid", "A key is named by its thumbprint, as RFC 7638 makes it.");
  return withTransaction(db, async (tx) => {
    const [known] = await tx.select().from(contextKey).where(eq(contextKey.kid, kid));
    if (known && known.serviceId !== owner.id)
      throw new DomainError("conflict", "This key is another service's. Make one of your own.");
    if (known) return { key: known, isNew: false };
    await requireRoom(tx, owner);
    const now = Date.now();
    const key = {
      kid,
      serviceId: owner.id,
      x,
      createdAt: new Date(now),
      signsUntil: new Date(now + signsMs),
      expiresAt: new Date(now + livesMs),
    };
    await tx.insert(contextKey).values(key);
    return { key, isNew: true };
  });
}

async function requireRoom(tx: Tx, { id, name }: Service): Promise<void> {
  // Who it is was found out up to half a second ago, and a revoked service leaves no key behind.
  const [row] = await tx.select({ revokedAt: service.revokedAt }).from(service).where(eq(service.id, id));
  if (!row || row.revokedAt !== null)
    throw new DomainError("unauthenticated", `The key of ${name} is revoked.`);
  const [alive] = await tx
    .select({ count: count() })
    .from(contextKey)
    .where(and(eq(contextKey.serviceId, id), gt(contextKey.expiresAt, new Date())));
  if ((alive?.count ?? 0) >= mostKeys)
    throw new DomainError("limit", `${name} has ${mostKeys} keys that are still good. Keep a key for a day.`);
}

/** Every key whose contexts may be believed, with whose it is: the body of an answer and its entity tag. */
export async function getContextKeys(db: Db): Promise<{ etag: string; body: string }> {
  const rows = await listContextKeys(db);
  const keys = rows.map(({ expiresAt, ...key }) => ({ ...key, expires_at: expiresAt.toISOString() }));
  const body = JSON.stringify({ keys });
  return { etag: etagOf(body), body };
}
