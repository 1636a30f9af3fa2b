import type { Client } from "pg";
import type { DatabaseIdentity, VerifiedDatabase } from "@/server/drivers/driver";
import { readStamp, requireTenant, type Stamp } from "./found";
import { explainRefusal, hasCode, sqlstate } from "./postgres-errors";
import type { Server } from "./server";

export interface OpenDatabase extends VerifiedDatabase {
  client: Client;
  stamp: Stamp;
  engine: string;
  /** Whether tables of the tenant may be read: never as the superuser, whom their code could use. */
  mayReadTables: boolean;
}

interface Row {
  version: number;
  size: string;
  server: string;
  setconfig: string[] | null;
}

/**
 * Opens a tenant's database for the time of `use`, after looking whose it is. A suspended one, or
 * one whose connections are all taken, is opened as the superuser.
 */
export async function readDatabase<T>(
  server: Server,
  identity: DatabaseIdentity,
  use: (open: OpenDatabase) => T | Promise<T>,
): Promise<T> {
  const { databaseName } = identity;
  const open = async (client: Client, mayReadTables: boolean) =>
    use({ client, mayReadTables, ...(await identify(client, identity)) });
  try {
    return await server
      .inDatabaseAsInspector(databaseName, (client) => open(client, true))
      .catch((error) => {
        if (!hasCode(error, sqlstate.tooManyConnections)) throw error;
        return server.inDatabaseAsAdmin(databaseName, (client) => open(client, false));
      });
  } catch (error) {
    throw explainRefusal(error);
  }
}

async function identify(client: Client, identity: DatabaseIdentity) {
  const stamps = await client.query<Pick<Row, "setconfig">>(
    `SELECT s.setconfig FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
     WHERE d.datname = current_database()`,
  );
  const stamp = requireTenant(readStamp(stamps.rows[0]?.setconfig ?? null), identity);
  const { rows } = await client.query<Row>(
    `SELECT count(*)::int AS version, pg_database_size(current_database()) AS size,
       current_setting('server_version') AS server
     FROM freehold.sys_migration WHERE package = 'freehold.system'`,
  );
  const { version = 0, size = 0, server = "" } = rows[0] ?? {};
  return { stamp, schemaVersion: version, sizeBytes: Number(size), engine: `PostgreSQL ${server}` };
}
