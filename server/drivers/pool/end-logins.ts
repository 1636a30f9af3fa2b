import type { PoolClient } from "pg";
import { identifier } from "@/server/drivers/postgres/names";
import { runTogether } from "@/server/drivers/postgres/server";
import { endSessions } from "@/server/drivers/postgres/sessions";
import { isTenantRole, tenantRolePrefix } from "./names";
import type { OpenPool } from "./open";

/** The roles that are a tenant's own, whether the pool still lists them or not. */
export async function rolesOfTenant(client: PoolClient, tenant: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles WHERE starts_with(rolname, $1)",
    [tenantRolePrefix(tenant)],
  );
  return rows.map(({ name }) => name).filter(isTenantRole);
}

/** From now on nobody acts for the tenant, neither as itself nor as a service. */
export async function endLogins({ inside }: OpenPool, tenant: string): Promise<void> {
  await inside.asAdmin(async (client) => {
    await client.query("DELETE FROM app.context_key WHERE tenant_id = $1", [tenant]);
    await endRoles(client, await rolesOfTenant(client, tenant));
  });
}

/**
 * Ends roles. The order matters: a session survives NOLOGIN and the role's end, though without
 * its row in the list it sees nothing any more.
 */
export async function endRoles(client: PoolClient, roles: readonly string[]): Promise<void> {
  if (roles.length === 0) return;
  await runTogether(client, [
    ...roles.map((role) => `ALTER ROLE ${identifier(role)} NOLOGIN PASSWORD NULL`),
    `DELETE FROM app.login WHERE role IN (${roles.map((role) => `'${role}'`).join(", ")})`,
  ]);
  await endSessionsOf(client, roles);
  await runTogether(
    client,
    roles.map((role) => `DROP ROLE ${identifier(role)}`),
  );
}

export async function endSessionsOf(client: PoolClient, roles: readonly string[]): Promise<void> {
  await endSessions(client, "usename = ANY(string_to_array($1, ','))", [roles.join(",")]);
}
