import type { DatabaseIdentity } from "@/server/drivers/driver";
import { databaseNameFor, isDatabaseName } from "@/server/kernel/database-name";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";

/** Turso takes lower-case letters, digits and dashes; ours have one underscore and no dash. */
export const tursoName = (databaseName: string): string => databaseName.replace("_", "-");

/** The database's name, or null when Freehold did not name it. */
export function databaseNameOf(name: string): string | null {
  const databaseName = name.replace("-", "_");
  return name.includes("_") || !isDatabaseName(databaseName) ? null : databaseName;
}

/** The tenant that a name is made of. */
export function tenantOf(databaseName: string): string {
  return databaseName.slice("env_".length).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** When the tenant came to be, which its id tells. */
export function bornAt(databaseName: string): Date {
  const [, hex = "0"] = /^env_([0-9a-f]{12})7/.exec(databaseName) ?? [];
  return new Date(Number.parseInt(hex, 16));
}

/** True when the name alone says whose the database is: it is made of the tenant's id, and no tenant can change it. */
export const isNamedAfter = ({ tenant, databaseName }: DatabaseIdentity): boolean =>
  databaseName === databaseNameFor(tenant);

export function requireNames({ tenant, databaseName }: DatabaseIdentity): void {
  if (!isUuid(tenant)) throw new DomainError("invalid", "This is not the id of an environment.");
  if (!isDatabaseName(databaseName)) throw new DomainError("invalid", "This is not the name of a database.");
}
