import { createHmac, randomBytes } from "node:crypto";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { Secret } from "@/server/kernel/secret";

/** Secrets for a new pool. */
export function mintPoolSecrets(): PoolSecrets {
  const mint = () => new Secret(randomBytes(32).toString("base64url"));
  return { key: mint(), readonlyPassword: mint(), readwritePassword: mint() };
}

/** The secret of one credential for services: good for one tenant, and only while the pool lists it. */
export function contextKey(key: Secret, tenant: string, credentialId: string): Secret {
  return new Secret(derive(key, `${tenant}.${credentialId}`));
}

/** The password of Freehold's own login, the same in every process that has the pool's key. */
export function installerPassword(key: Secret): Secret {
  return new Secret(derive(key, "freehold installer"));
}

function derive(key: Secret, what: string): string {
  return createHmac("sha256", Buffer.from(key.reveal(), "base64url")).update(what).digest("base64url");
}
