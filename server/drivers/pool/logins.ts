import type { PoolClient } from "pg";
import type { DatabaseIdentity, Login, LoginRequest } from "@/server/drivers/driver";
import { identifier, literal } from "@/server/drivers/postgres/names";
import { scramVerifier } from "@/server/drivers/postgres/scram";
import { runTogether } from "@/server/drivers/postgres/server";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { isUuid } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { randomBytes } from "node:crypto";
import { timeLimits } from "./create-pool";
import { endRoles, endSessionsOf, rolesOfTenant } from "./end-logins";
import { tenantRoleOf } from "./names";
import type { OpenPool } from "./open";
import { anothers, noAdmin } from "./pool-errors";
import { contextKey } from "./secrets";
import { findTenant, isOwn, requireTenant, type Tenant } from "./tenants";

/** Sessions of one login. */
const mostSessions = 10;

/** A password for a login of its own; for services the key that they sign the tenant's contexts with. */
export function mintSecret(pool: OpenPool, identity: DatabaseIdentity, login: LoginRequest): Secret {
  if (login.scope === "admin") throw noAdmin();
  if (login.audience === "direct") return new Secret(randomBytes(32).toString("base64url"));
  return contextKey(pool.secrets.key, identity.tenant, login.credentialId);
}

export async function installLogin(pool: OpenPool, identity: DatabaseIdentity, login: Login): Promise<void> {
  if (login.scope === "admin") throw noAdmin();
  const role = tenantRoleOf(identity, login.credentialId);
  const verifier = login.audience === "direct" ? await scramVerifier(login.secret) : null;
  await pool.inside.asAdminAlone(identity.databaseName, async (client) => {
    const tenant = await requireTenant(client, identity);
    await requireOwnCredential(client, identity, login.credentialId);
    if (verifier !== null) await installRole(client, pool, { login, role, verifier, tenant });
    else await installKey(client, pool, tenant, login);
    failpoint("pool.login.installed");
  });
}

async function requireOwnCredential(client: PoolClient, { tenant }: DatabaseIdentity, id: string) {
  const { rows } = await client.query<{ tenant: string }>(
    `SELECT tenant_id AS tenant FROM app.context_key WHERE credential_id = $1
     UNION ALL SELECT tenant_id FROM app.login WHERE credential_id = $1`,
    [id],
  );
  if (rows.some((row) => row.tenant !== tenant))
    throw new DomainError("conflict", "This login belongs to another environment's database.");
}

async function installKey(
  client: PoolClient,
  { secrets }: OpenPool,
  { tenantId, state }: Tenant,
  { credentialId, secret, scope, expiresAt }: Login,
): Promise<void> {
  if (contextKey(secrets.key, tenantId, credentialId).reveal() !== secret.reveal())
    throw new DomainError("invalid", "This is not the secret that the pool derives for this credential.");
  await client.query(
    `INSERT INTO app.context_key
     SELECT $1::uuid, $2::uuid, $3, $4, app.hmac(convert_to($2::uuid || '.' || $1::uuid, 'UTF8'), p.key, 'sha256'), $5
     FROM app.pool_key p
     ON CONFLICT (credential_id) DO UPDATE SET scope = excluded.scope, expires_at = excluded.expires_at`,
    [credentialId, tenantId, scope, expiresAt, state === "active"],
  );
}

interface RoleRequest {
  login: Login;
  role: string;
  verifier: string;
  tenant: Tenant;
}

/** The role and its place in the list are one transaction. */
async function installRole(
  client: PoolClient,
  { roles }: OpenPool,
  { login, role: name, verifier, tenant }: RoleRequest,
): Promise<void> {
  const role = identifier(name);
  const { rows } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const groups = [roles.reader, roles.writer];
  const group = login.scope === "readonly" ? roles.reader : roles.writer;
  const until = literal(login.expiresAt?.toISOString() ?? "infinity");
  const entry = [login.credentialId, tenant.tenantId, name, login.scope].map(literal).join(", ");
  await runTogether(client, [
    `${rows.length === 0 ? "CREATE" : "ALTER"} ROLE ${role} WITH ${tenant.state === "suspended" ? "NOLOGIN" : "LOGIN"} CONNECTION LIMIT ${mostSessions} PASSWORD ${literal(verifier)} VALID UNTIL ${until}`,
    ...(rows.length === 0 ? [] : [`REVOKE ${groups.join(", ")} FROM ${role}`]),
    `GRANT ${group} TO ${role} WITH INHERIT TRUE, SET FALSE`,
    ...Object.entries(timeLimits).map(
      ([setting, value]) => `ALTER ROLE ${role} SET ${setting} = ${literal(value)}`,
    ),
    `INSERT INTO app.login VALUES (${entry}, ${until}) ON CONFLICT (credential_id)
     DO UPDATE SET scope = excluded.scope, expires_at = excluded.expires_at`,
  ]);
}

/** Ends one credential, whatever its kind, and no other. */
export async function revokeLogin(
  { inside }: OpenPool,
  identity: DatabaseIdentity,
  credentialId: string,
): Promise<void> {
  const role = tenantRoleOf(identity, credentialId);
  await inside.asAdminAlone(identity.databaseName, async (client) => {
    const found = await findTenant(client, identity);
    if (found && !isOwn(found, identity)) throw anothers();
    await requireOwnCredential(client, identity, credentialId);
    await client.query("DELETE FROM app.context_key WHERE credential_id = $1", [credentialId]);
    const { rows } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (rows.length > 0) await endRoles(client, [role]);
  });
}

/** Ids of the credentials that the pool takes for the tenant. */
export async function listLogins({ inside }: OpenPool, identity: DatabaseIdentity): Promise<string[]> {
  return inside.asAdmin(async (client) => {
    await requireTenant(client, identity);
    const { rows } = await client.query<{ id: string }>(
      `SELECT credential_id AS id FROM app.context_key WHERE tenant_id = $1
       UNION ALL SELECT credential_id FROM app.login WHERE tenant_id = $1`,
      [identity.tenant],
    );
    return rows.map(({ id }) => id).filter(isUuid);
  });
}

const setState = ({ tenant }: DatabaseIdentity, state: "active" | "suspended") => [
  `UPDATE app.tenant SET state = ${literal(state)} WHERE tenant_id = ${literal(tenant)}`,
  `UPDATE app.context_key SET is_active = ${state === "active"} WHERE tenant_id = ${literal(tenant)}`,
];

/** Nobody acts for the tenant until it is resumed; its neighbours notice nothing. */
export async function suspendTenant({ inside }: OpenPool, identity: DatabaseIdentity): Promise<void> {
  await inside.asAdminAlone(identity.databaseName, async (client) => {
    await requireTenant(client, identity);
    const roles = await rolesOfTenant(client, identity.tenant);
    await runTogether(client, [
      ...setState(identity, "suspended"),
      ...roles.map((role) => `ALTER ROLE ${identifier(role)} NOLOGIN`),
    ]);
    await endSessionsOf(client, roles);
  });
}

export async function resumeTenant({ inside }: OpenPool, identity: DatabaseIdentity): Promise<void> {
  await inside.asAdminAlone(identity.databaseName, async (client) => {
    await requireTenant(client, identity);
    const { rows } = await client.query<{ role: string }>("SELECT role FROM app.login WHERE tenant_id = $1", [
      identity.tenant,
    ]);
    await runTogether(client, [
      ...setState(identity, "active"),
      ...rows.map(({ role }) => `ALTER ROLE ${identifier(role)} LOGIN`),
    ]);
  });
}
