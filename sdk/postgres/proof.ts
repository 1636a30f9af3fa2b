import { createHmac } from "node:crypto";

/** Who a service acts for in a pool, and what proves it. */
export interface PoolContext {
  /** The tenant's UUID. */
  tenant: string;
  /** The id of the credential that the secret belongs to. */
  credentialId: string;
  /** The credential's secret: a key in base64url, which never leaves this process. */
  secret: string;
}

export interface Proof {
  pid: number;
  /** Seconds since 1970, by the database's clock; at most five minutes ahead. */
  expiresAt: number;
}

/**
 * Proves to one database session that it may act for the tenant until a moment. What it proves
 * holds in no other session and for no other tenant.
 */
export function signProof({ tenant, credentialId, secret }: PoolContext, { pid, expiresAt }: Proof): string {
  const until = `${credentialId}.${pid}.${expiresAt}`;
  const key = Buffer.from(secret, "base64url");
  return `${until}.${createHmac("sha256", key).update(`${tenant}.${until}`).digest("hex")}`;
}

/** Names the tenant, with its proof, for the transaction that is open. */
export const setContext =
  "SELECT set_config('app.current_tenant', $1, true), set_config('app.tenant_proof', $2, true)";
