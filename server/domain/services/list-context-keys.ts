import { and, asc, eq, gt, isNull, or } from "drizzle-orm";
import { service } from "@/drizzle/control/schema/services";
import { contextKey } from "@/drizzle/control/schema/tokens";
import type { Db } from "@/server/db/client";

/** Every key whose contexts may be believed at this moment, with the name of the service that signs with it. */
export async function listContextKeys(db: Db) {
  const now = new Date();
  const rows = await db
    .select({ kid: contextKey.kid, service: service.name, x: contextKey.x, expiresAt: contextKey.expiresAt })
    .from(contextKey)
    .innerJoin(service, eq(service.id, contextKey.serviceId))
    .where(
      and(
        gt(contextKey.expiresAt, now),
        isNull(service.revokedAt),
        or(isNull(service.expiresAt), gt(service.expiresAt, now)),
      ),
    )
    .orderBy(asc(contextKey.kid));
  return rows.map(({ kid, service: name, x, expiresAt }) => ({
    kid,
    service: name,
    jwk: { kty: "OKP" as const, crv: "Ed25519" as const, x },
    expiresAt,
  }));
}
