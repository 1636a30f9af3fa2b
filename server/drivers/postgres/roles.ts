import type { PoolClient } from "pg";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { findDatabase, requireOwn } from "./found";
import { credentialOf, groupOf, identifier } from "./names";
import { hasCode, sqlstate } from "./postgres-errors";
import { runTogether, type Server } from "./server";

export interface Role {
  oid: number;
  name: string;
}

const loginShape = "r.rolname ~ '^cred_[0-9a-f]{32}$'";

/** The logins of a database: those that may connect to it. A login may connect to one database. */
export async function rolesOf(client: PoolClient, databaseName: string): Promise<Role[]> {
  const { rows } = await client.query<Role>(
    `SELECT DISTINCT r.oid, r.rolname AS name
     FROM pg_database d CROSS JOIN aclexplode(d.datacl) a JOIN pg_roles r ON r.oid = a.grantee
     WHERE d.datname = $1 AND a.privilege_type = 'CONNECT' AND ${loginShape}`,
    [databaseName],
  );
  return rows;
}

/** Where a login may connect; null when it may nowhere, undefined when there is no such login. */
export async function databaseOf(client: PoolClient, role: string): Promise<string | null | undefined> {
  const { rows } = await client.query<{ datname: string | null }>(
    `SELECT d.datname FROM pg_roles r
     LEFT JOIN pg_shdepend s ON s.refclassid = 'pg_authid'::regclass AND s.refobjid = r.oid
       AND s.classid = 'pg_database'::regclass AND s.dbid = 0
     LEFT JOIN pg_database d ON d.oid = s.objid
     WHERE r.rolname = $1`,
    [role],
  );
  return rows[0]?.datname;
}

/**
 * Logins that may connect nowhere. A login is made in one transaction with its permission to
 * connect, so these are what interrupted removals have left.
 */
export async function rolesWithoutDatabase(client: PoolClient): Promise<Role[]> {
  const { rows } = await client.query<Role>(
    `SELECT r.oid, r.rolname AS name FROM pg_roles r
     WHERE ${loginShape} AND NOT EXISTS (
       SELECT FROM pg_shdepend s WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = r.oid
         AND s.classid = 'pg_database'::regclass AND s.dbid = 0)
     LIMIT 1000`,
  );
  return rows;
}

/** Ids of the credentials whose logins a database has. */
export async function listLogins(server: Server, identity: DatabaseIdentity): Promise<string[]> {
  return server.asAdmin(async (client) => {
    requireOwn(await findDatabase(client, identity.databaseName), identity);
    const roles = await rolesOf(client, identity.databaseName);
    return roles.flatMap(({ name }) => credentialOf(name) ?? []);
  });
}

/** Ends logins that nobody can use any more. */
export async function removeRoles(server: Server, client: PoolClient, roles: Role[]): Promise<void> {
  for (const role of roles) await removeRole(server, client, role);
}

/**
 * Removes one login. Any tenant may have granted it something, which holds it: that is taken
 * away first, and what it owns goes to its database's owner.
 */
async function removeRole(server: Server, client: PoolClient, role: Role): Promise<void> {
  const statement = `DROP ROLE IF EXISTS ${identifier(role.name)}`;
  try {
    await client.query(statement);
  } catch (error) {
    if (!hasCode(error, sqlstate.dependentObjects)) throw error;
    for (const database of await databasesThatHold(client, role)) await release(server, database, role);
    await client.query(statement);
  }
}

async function databasesThatHold(client: PoolClient, { oid }: Role): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT DISTINCT d.datname FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid
     WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = $1`,
    [oid],
  );
  return rows.map(({ datname }) => datname);
}

async function release(server: Server, database: string, { name }: Role): Promise<void> {
  await server.inDatabaseAsAdmin(database, (client) =>
    runTogether(client, [
      `REASSIGN OWNED BY ${identifier(name)} TO ${groupOf.admin}`,
      `DROP OWNED BY ${identifier(name)}`,
    ]),
  );
}
