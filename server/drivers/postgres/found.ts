import type { PoolClient } from "pg";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { literal } from "./names";
import { foreign, missing, unfinished } from "./postgres-errors";
import type { Server } from "./server";

export interface Stamp {
  tenant: string;
  stampedAt: Date;
}

/** A database as the server's catalog has it. */
export interface Found {
  oid: number;
  databaseName: string;
  stamp: Stamp | null;
  takesConnections: boolean;
  isSuspended: boolean;
  /** Its removal was interrupted: nothing but removing it again is possible. */
  isRemains: boolean;
}

interface Row {
  oid: number;
  datname: string;
  datallowconn: boolean;
  datconnlimit: number;
  setconfig: string[] | null;
}

export const catalogQuery = `
  SELECT d.oid, d.datname, d.datallowconn, d.datconnlimit, s.setconfig
  FROM pg_database d LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0`;

/** Alone with the database of that name, over all processes; null when there is none. */
export async function aloneWith<T>(
  server: Server,
  databaseName: string,
  use: (client: PoolClient, found: Found | null) => Promise<T>,
): Promise<T> {
  return server.asAdminAlone<T, Row>(
    databaseName,
    (client, [row]) => use(client, row ? describeDatabase(row) : null),
    queryFor(databaseName),
  );
}

const queryFor = (databaseName: string) => `${catalogQuery} WHERE d.datname = ${literal(databaseName)}`;

/** The same with what is the tenant's own. Throws `precondition` when it is missing, unfinished or another's. */
export async function aloneWithOwn<T>(
  server: Server,
  identity: DatabaseIdentity,
  use: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return aloneWith(server, identity.databaseName, (client, found) => {
    requireOwn(found, identity);
    return use(client);
  });
}

/** Null when there is no such database. */
export async function findDatabase(client: PoolClient, databaseName: string): Promise<Found | null> {
  const { rows } = await client.query<Row>(queryFor(databaseName));
  return rows[0] ? describeDatabase(rows[0]) : null;
}

export function describeDatabase(row: Row): Found {
  return {
    oid: row.oid,
    databaseName: row.datname,
    stamp: readStamp(row.setconfig),
    takesConnections: row.datallowconn,
    isSuspended: row.datconnlimit === 0,
    isRemains: row.datconnlimit === -2,
  };
}

/** The stamp in the settings of a database; null when they hold none. */
export function readStamp(settings: string[] | null): Stamp | null {
  const tenant = settingOf(settings, "freehold.tenant");
  const stampedAt = new Date(settingOf(settings, "freehold.stamped_at"));
  return isUuid(tenant) && !Number.isNaN(stampedAt.getTime()) ? { tenant, stampedAt } : null;
}

export function stampStatements({ tenant, databaseName }: DatabaseIdentity, at: Date): string[] {
  return [
    `ALTER DATABASE ${databaseName} SET freehold.tenant = ${literal(tenant)}`,
    `ALTER DATABASE ${databaseName} SET freehold.stamped_at = ${literal(at.toISOString())}`,
  ];
}

function settingOf(settings: string[] | null, name: string): string {
  const entry = settings?.find((candidate) => candidate.startsWith(`${name}=`));
  return entry?.slice(name.length + 1) ?? "";
}

/** Throws `precondition` unless the database is there, whole, and this tenant's. */
export function requireOwn(found: Found | null, identity: DatabaseIdentity): void {
  if (!found) throw missing();
  requireTenant(found.stamp, identity);
  if (found.isRemains || !found.takesConnections) throw unfinished();
}

export function requireTenant(stamp: Stamp | null, { tenant }: DatabaseIdentity): Stamp {
  if (!stamp) throw foreign();
  if (stamp.tenant !== tenant)
    throw new DomainError("precondition", "The database belongs to another environment.");
  return stamp;
}
