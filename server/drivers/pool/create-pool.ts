import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PoolClient } from "pg";
import { literal } from "@/server/drivers/postgres/names";
import { scramVerifier } from "@/server/drivers/postgres/scram";
import { runTogether } from "@/server/drivers/postgres/server";
import { requireVersion } from "@/server/drivers/postgres/template";
import { failpoint } from "@/server/kernel/failpoint";
import { closedFunctions } from "@/server/packages/tenant-safe/check-fence";
import { newId } from "@/server/kernel/ids";
import type { Secret } from "@/server/kernel/secret";
import type { OpenPool } from "./open";
import { installerPassword } from "./secrets";

const file = "0000_pool.sql";
const template = readFileSync(resolve("drizzle/pool", file), "utf8").replace(
  "{closed}",
  () => closedFunctions,
);

/**
 * Makes the pool's database and roles, or completes what was interrupted. Again with other
 * passwords: the same pool with those.
 */
export async function createPool(pool: OpenPool): Promise<void> {
  await pool.server.asAdminAlone(pool.name, async (client) => {
    await requireVersion(client);
    await ensureRoles(client, pool);
    failpoint("pool.create.roles");
    await ensureDatabase(client, pool.name);
    failpoint("pool.create.database");
    await ensureTemplate(pool);
  });
}

async function ensureRoles(client: PoolClient, pool: OpenPool): Promise<void> {
  const { roles, prefix } = pool;
  const { rows } = await client.query<{ rolname: string }>(
    "SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)",
    [`${prefix}_`],
  );
  const known = new Set(rows.map(({ rolname }) => rolname));
  const missing = Object.values(roles).filter((role) => !known.has(role));
  await runTogether(client, [
    ...missing.map((role) => `CREATE ROLE ${role} NOLOGIN`),
    await passwordOf(roles.installer, installerPassword(pool.secrets.key)),
    ...(await sharedLogins(pool)),
    `GRANT ${roles.owner} TO ${roles.installer} WITH INHERIT FALSE, SET TRUE`,
    `GRANT ${roles.reader} TO ${roles.readonly} WITH INHERIT TRUE, SET FALSE`,
    `GRANT ${roles.writer} TO ${roles.readwrite} WITH INHERIT TRUE, SET FALSE`,
    // What leaves with a tenant leaves as it is: no trigger of a package has a say in it.
    `GRANT SET ON PARAMETER session_replication_role TO ${roles.installer}`,
  ]);
}

/** Statements that give the logins that services share their passwords and limits, and no other settings. */
export async function sharedLogins({ roles, secrets }: OpenPool): Promise<string[]> {
  return [
    await passwordOf(roles.readonly, secrets.readonlyPassword),
    await passwordOf(roles.readwrite, secrets.readwritePassword),
    ...[roles.readonly, roles.readwrite].flatMap((role) => [
      `ALTER ROLE ${role} RESET ALL`,
      ...Object.entries(timeLimits).map(
        ([setting, value]) => `ALTER ROLE ${role} SET ${setting} = ${literal(value)}`,
      ),
    ]),
  ];
}

const passwordOf = async (role: string, password: Secret) =>
  `ALTER ROLE ${role} LOGIN PASSWORD ${literal(await scramVerifier(password))}`;

/** Limits for every login of a pool; a session may change its own. */
export const timeLimits = {
  search_path: "public",
  statement_timeout: "5min",
  lock_timeout: "30s",
  idle_in_transaction_session_timeout: "5min",
};

async function ensureDatabase(client: PoolClient, name: string): Promise<void> {
  const { rows } = await client.query<{ datconnlimit: number }>(
    "SELECT datconnlimit FROM pg_database WHERE datname = $1",
    [name],
  );
  const isRemains = rows[0]?.datconnlimit === -2;
  if (isRemains) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  if (rows.length > 0 && !isRemains) return;
  await client.query(
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' CONNECTION LIMIT 0`,
  );
}

/** One transaction, at whose end the database is whole and takes connections. */
async function ensureTemplate(pool: OpenPool): Promise<void> {
  const { roles, name, prefix } = pool;
  await pool.inside.asAdmin(async (client) => {
    const { rows } = await client.query("SELECT FROM pg_namespace WHERE nspname = 'app'");
    if (rows.length > 0) return;
    const checksum = createHash("sha256").update(template).digest("hex");
    const key = Buffer.from(pool.secrets.key.reveal(), "base64url").toString("hex");
    await runTogether(client, [
      "BEGIN",
      `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`,
      template.replaceAll("{pool}", prefix).trimEnd().replace(/;$/, ""),
      `INSERT INTO app.pool_key (key) VALUES ('\\x${key}')`,
      `INSERT INTO app.migration VALUES (${[newId(), "freehold.system", "1", file, checksum].map(literal).join(", ")}, now())`,
      `GRANT CONNECT ON DATABASE ${name} TO ${roles.reader}, ${roles.writer}, ${roles.installer}`,
      `GRANT CREATE ON DATABASE ${name} TO ${roles.installer}`,
      `ALTER DATABASE ${name} CONNECTION LIMIT -1`,
      "COMMIT",
    ]);
  });
}
