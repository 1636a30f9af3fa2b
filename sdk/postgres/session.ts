import type { PoolClient } from "pg";
import { signProof, type PoolContext } from "./proof.ts";

const goodForSeconds = 240;
const renewBeforeSeconds = 60;
const mostProofs = 1_000;

interface Session {
  pid: number;
  /** How far the database's clock is ahead of ours, in seconds. */
  ahead: number;
  proofs: Map<string, { proof: string; expiresAt: number }>;
}

const sessions = new WeakMap<PoolClient, Session>();

export const isIntroduced = (client: PoolClient): boolean => sessions.has(client);

// Whoever is a superuser, may pass policies by, or owns a tenants' table, is held back by no fence.
const question = `SELECT pg_backend_pid() AS pid, extract(epoch FROM clock_timestamp())::float8 AS now,
  EXISTS (SELECT FROM pg_catalog.pg_roles r
    WHERE (r.rolsuper OR r.rolbypassrls) AND pg_has_role(session_user, r.oid, 'MEMBER'))
  OR EXISTS (SELECT FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
    WHERE pg_has_role(session_user, c.relowner, 'MEMBER')) AS "isFree"`;

/**
 * Asks a new connection once which session it is and what time it is there. Throws when the login
 * is one that no fence holds back: with it, every mistake of the service would be a leak.
 */
export async function introduce(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ pid: number; now: number; isFree: boolean }>(question);
  const [{ pid, now, isFree } = { pid: 0, now: 0, isFree: true }] = rows;
  if (isFree)
    throw new Error(
      "This login sees every tenant's rows: it is a superuser, passes policies by, or owns tenants' tables. Connect as the login that Freehold gives to services.",
    );
  sessions.set(client, { pid, ahead: now - Date.now() / 1000, proofs: new Map() });
}

/** The proof of this context for this connection: signed once, and again before it expires. */
export function proofFor(client: PoolClient, context: PoolContext): string {
  const session = sessions.get(client);
  if (!session) throw new Error("The connection has not been introduced.");
  const now = Math.floor(Date.now() / 1000 + session.ahead);
  const key = `${context.tenant}.${context.credentialId}.${context.secret}`;
  const known = session.proofs.get(key);
  if (known && known.expiresAt - now > renewBeforeSeconds) return known.proof;
  const expiresAt = now + goodForSeconds;
  const proof = signProof(context, { pid: session.pid, expiresAt });
  if (session.proofs.size >= mostProofs) session.proofs.clear();
  session.proofs.set(key, { proof, expiresAt });
  return proof;
}
