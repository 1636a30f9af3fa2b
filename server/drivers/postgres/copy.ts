import type { PoolClient } from "pg";
import { hasCode, sqlstate } from "./postgres-errors";

/** Sessions of all logins of a database together. */
export const mostConnections = 50;

/** A copy of the template to which nobody can connect yet. */
export async function copyTemplate(client: PoolClient, template: string, name: string): Promise<void> {
  try {
    await client.query(
      `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY wal_log ALLOW_CONNECTIONS false CONNECTION LIMIT ${mostConnections}`,
    );
  } catch (error) {
    // Made in the meantime by somebody who does not know the lock: what it is shows in the stamp.
    if (!hasCode(error, sqlstate.duplicateDatabase)) throw error;
  }
}
