import type { OpenPool } from "./open";
import { tenantRoles } from "./names";

// Reading and writing rows takes none of these, and each of them keeps other tenants out of the table.
const hoarding =
  "'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'";

/**
 * Ends the sessions of tenants and services that lock whole tables or wait for that, and gives their
 * logins: whoever may delete rows may say LOCK TABLE, and no privilege tells the two apart.
 */
export async function endHoarders({ inside, roles }: OpenPool): Promise<string[]> {
  return inside.asAdmin(async (client) => {
    const { rows } = await client.query<{ login: string }>(
      `SELECT a.usename AS login, pg_terminate_backend(a.pid) FROM pg_stat_activity a
       WHERE a.datname = current_database() AND (a.usename ~ $1 OR a.usename = ANY($2)) AND EXISTS (
         SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
         WHERE l.pid = a.pid AND l.locktype = 'relation' AND l.mode IN (${hoarding}) AND c.relkind IN ('r', 'p'))`,
      [tenantRoles.source, [roles.readonly, roles.readwrite]],
    );
    return rows.map(({ login }) => login);
  });
}
