import type { BetterAuthPlugin, GenericEndpointContext } from "@better-auth/core";
import { createAuthEndpoint } from "@better-auth/core/api";
import { createJwk, jwt, resolveSigningKey, type Jwk, type JwtOptions } from "better-auth/plugins";
import { desc, gt, lte } from "drizzle-orm";
import { jwks } from "@/drizzle/control/schema/tokens";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { env } from "@/server/kernel/env";
import { newId } from "@/server/kernel/ids";

const daySeconds = 24 * 3600;
const signsSeconds = 30 * daySeconds;
/** A key is published so long before it signs that everybody has it by then. */
const leadSeconds = daySeconds;
/** And after it has signed: longer than any entry or token lives. */
const graceSeconds = 2 * daySeconds;

const ahead = () => new Date(Date.now() + leadSeconds * 1000);

const forgottenBefore = () => new Date(Date.now() - graceSeconds * 1000);

/** better-auth's JWT plugin over our table, and which of its keys signs. Neither has a door of its own. */
export function signingKeys(db: Db) {
  const options = {
    jwks: {
      keyPairConfig: { alg: "EdDSA", crv: "Ed25519" },
      rotationInterval: signsSeconds,
      gracePeriod: graceSeconds,
    },
    // By default a token would hold the whole user.
    jwt: { issuer: env().baseUrl, audience: env().baseUrl, definePayload: () => ({}) },
    disableSettingJwtHeader: true,
    adapter: {
      getJwks: () => readKeys(db),
      createJwk: (key) => addKey(db, key),
    },
  } satisfies JwtOptions;
  const current = {
    id: "signing-keys",
    endpoints: {
      signingKey: createAuthEndpoint.serverOnly({ method: "GET" }, async (ctx) =>
        resolveSigningKey(ctx, options, { signingKeyId: await currentKeyId(ctx, options) }),
      ),
    },
  } satisfies BetterAuthPlugin;
  return { keys: jwt(options), current };
}

async function currentKeyId(
  ctx: GenericEndpointContext,
  options: JwtOptions & { adapter: { getJwks: () => Promise<Jwk[]> } },
): Promise<string> {
  const keys = await options.adapter.getJwks();
  const next = keys.some((key) => signsLater(key)) ? null : await createJwk(ctx, options);
  return (signs(keys) ?? next ?? (await createJwk(ctx, options))).id;
}

const signsLater = ({ expiresAt }: Jwk) => expiresAt !== undefined && expiresAt > ahead();

/** The newest that everybody has; of an installation that has no such one yet, the oldest. */
function signs(keys: Jwk[]): Jwk | undefined {
  const live = keys.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt > new Date());
  return live.find(({ createdAt }) => createdAt <= new Date(Date.now() - leadSeconds * 1000)) ?? live.at(-1);
}

/** The newest first. */
async function readKeys(db: Db): Promise<Jwk[]> {
  return db
    .select()
    .from(jwks)
    .where(gt(jwks.expiresAt, forgottenBefore()))
    .orderBy(desc(jwks.createdAt), desc(jwks.id));
}

/** Of several processes that find a key missing, one adds it; what is published no more goes. */
async function addKey(db: Db, key: Omit<Jwk, "id">): Promise<Jwk> {
  const expiresAt = new Date(key.createdAt.getTime() + signsSeconds * 1000);
  const made = { ...key, id: newId(), alg: "EdDSA", crv: "Ed25519", expiresAt } as const;
  return withTransaction(db, async (tx) => {
    const [known] = await tx
      .select()
      .from(jwks)
      .where(gt(jwks.expiresAt, ahead()))
      .orderBy(desc(jwks.createdAt))
      .limit(1);
    if (known) return known;
    await tx.delete(jwks).where(lte(jwks.expiresAt, forgottenBefore()));
    await tx.insert(jwks).values(made);
    return made;
  });
}
