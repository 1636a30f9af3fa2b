import { runTogether } from "@/server/drivers/postgres/server";
import { endSessions } from "@/server/drivers/postgres/sessions";
import { failpoint } from "@/server/kernel/failpoint";
import { identifier } from "@/server/drivers/postgres/names";
import { isTenantRole } from "./names";
import type { OpenPool } from "./open";

/**
 * Removes the pool's database with everything in it, its tenants' logins, and its roles; the
 * groups last, because by them the logins are found again.
 */
export async function dropPool(pool: OpenPool): Promise<void> {
  const { roles, name } = pool;
  await pool.server.asAdminAlone(name, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    failpoint("pool.drop.database");
    const { rows } = await client.query<{ name: string }>(
      `SELECT m.rolname AS name FROM pg_auth_members g JOIN pg_roles m ON m.oid = g.member
       JOIN pg_roles r ON r.oid = g.roleid WHERE r.rolname = ANY($1)`,
      [[roles.reader, roles.writer]],
    );
    const logins = rows.map((row) => row.name).filter(isTenantRole);
    await endSessions(client, "usename = ANY(string_to_array($1, ','))", [
      [...logins, ...Object.values(roles)].join(","),
    ]);
    const known = await client.query<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname = ANY($1)",
      [Object.values(roles)],
    );
    await runTogether(client, [
      ...(known.rows.some((row) => row.name === roles.installer)
        ? [`REVOKE SET ON PARAMETER session_replication_role FROM ${roles.installer}`]
        : []),
      ...[...logins, ...known.rows.map((row) => row.name)].map((role) => `DROP ROLE ${identifier(role)}`),
      "SELECT 1",
    ]);
  });
}
