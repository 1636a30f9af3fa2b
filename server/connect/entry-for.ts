import { sealedOf } from "@/server/db/sealed";
import type { Db } from "@/server/db/client";
import { addressOf } from "@/server/domain/credentials/address";
import type { CredentialRow } from "@/server/domain/credentials/row";
import type { DatabaseRow } from "@/server/domain/environments/home";
import { getPoolRow } from "@/server/domain/pools/row";
import { unpackSecrets } from "@/server/kernel/pool-secrets";
import { servicesLoginFor } from "@/server/kernel/database-name";
import { open } from "@/server/kernel/seal/open";

/** How a service gets in: the login, and in a pool what it signs the tenant's contexts with. */
export interface Entry {
  url: string;
  username: string | null;
  secret: string;
  context: { credential_id: string; key: string; algorithm: "HMAC-SHA256"; longest_seconds: number } | null;
}

/** The longest that the database takes one proof for. */
const longestSeconds = 300;

/** The way in with this credential of services, its secrets opened. */
export async function entryFor(db: Db, database: DatabaseRow, credential: CredentialRow): Promise<Entry> {
  const sealed = sealedOf(credential);
  if (!sealed) throw new Error(`The credential ${credential.id} has no secret.`);
  const secret = (await open(sealed, { kind: "credential", ...credential })).reveal();
  const { url, username } = await addressOf({ db }, database, credential.id);
  if (database.poolId === null) return { url, username, secret, context: null };
  // Everybody's login opens no tenant's rows: the key of this tenant's credential does.
  const pool = await getPoolRow(db, database.poolId);
  const packed = sealedOf(pool);
  if (!packed) throw new Error(`The pool ${pool.slug} has no secrets.`);
  const secrets = unpackSecrets(await open(packed, { kind: "pool", id: pool.id }));
  const scope = credential.scope === "readonly" ? "readonly" : "readwrite";
  const password = scope === "readonly" ? secrets.readonlyPassword : secrets.readwritePassword;
  return {
    url,
    username: servicesLoginFor(database.poolId, scope),
    secret: password.reveal(),
    context: {
      credential_id: credential.id,
      key: secret,
      algorithm: "HMAC-SHA256",
      longest_seconds: longestSeconds,
    },
  };
}
