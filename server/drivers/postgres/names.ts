import { createHash } from "node:crypto";
import { escapeIdentifier, escapeLiteral } from "pg";
import { isDatabaseName } from "@/server/kernel/database-name";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";
import type { CredentialScope, DatabaseIdentity } from "@/server/drivers/driver";

/** The group role of each scope. They exist once per server and own or may do what a scope may. */
export const groupOf: Record<CredentialScope, string> = {
  admin: "freehold_owner",
  readwrite: "freehold_readwrite",
  readonly: "freehold_readonly",
};

/** Reads tenant databases as a role that could do no harm, whatever a tenant put in its way. */
export const inspector = "freehold_inspector";

/** Applies packages: as the owner role, and beyond that it may write the journal of a database. */
export const migrator = "freehold_migrator";

export const identifier = escapeIdentifier;
export const literal = escapeLiteral;

export function roleOf(credentialId: string): string {
  if (!isUuid(credentialId)) throw new DomainError("invalid", "This is not the id of a credential.");
  return `cred_${credentialId.replaceAll("-", "")}`;
}

/** Null for a role that is no login of a tenant. */
export function credentialOf(role: string): string | null {
  const [, hex] = /^cred_([0-9a-f]{32})$/.exec(role) ?? [];
  return hex ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : null;
}

export function requireNames({ tenant, databaseName }: DatabaseIdentity): void {
  if (!isUuid(tenant)) throw new DomainError("invalid", "This is not the id of an environment.");
  if (!isDatabaseName(databaseName)) throw new DomainError("invalid", "This is not the name of a database.");
}

/** A number for an advisory lock, the same in every process. */
export function lockKey(name: string): string {
  return createHash("sha256").update(`freehold ${name}`).digest().readBigInt64BE().toString();
}
