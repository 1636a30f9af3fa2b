import type { ObservedUse } from "@/server/drivers/driver";
import { credentialOf } from "./names";
import type { Server } from "./server";

/** A session that did something since the look before, which was half a minute ago, is in use. */
const recently = "90 seconds";

/** One look at the sessions of tenants' logins. A pool that only keeps its connections is not use. */
export async function observeUse(server: Server): Promise<ObservedUse[]> {
  return server.asAdmin(async (client) => {
    const { rows } = await client.query<{ name: string; roles: string[]; at: Date; size: string | null }>(
      `SELECT datname AS name, array_agg(DISTINCT usename::text) AS roles,
         max(state_change) AS at, pg_database_size(datid) AS size
       FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND usename ~ '^cred_[0-9a-f]{32}$' AND datname ~ '^env_[0-9a-f]{32}$'
         AND (state = 'active' OR state_change > now() - interval '${recently}')
       GROUP BY datname, datid`,
    );
    return rows.map(({ name, roles, at, size }) => ({
      databaseName: name,
      credentialIds: roles.flatMap((role) => credentialOf(role) ?? []),
      at,
      sizeBytes: Number(size ?? 0),
    }));
  });
}
