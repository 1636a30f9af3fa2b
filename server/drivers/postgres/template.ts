import type { PoolClient } from "pg";
import { DomainError } from "@/server/kernel/errors";
import { powerless } from "./postgres-errors";
import { groupOf, identifier, inspector, literal, migrator } from "./names";
import { scramVerifier } from "./scram";
import { runTogether, type Server } from "./server";
import type { SystemSchema } from "./system-schema";

const oldestVersion = 170_000;

/**
 * The name of the database that tenants' databases are copies of, named for its contents. Made
 * once per server, whoever comes first; nobody can connect to it afterwards.
 */
export function templateOf(server: Server, schema: SystemSchema): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => {
    made ??= ensureTemplate(server, schema).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function ensureTemplate(server: Server, schema: SystemSchema): Promise<string> {
  const name = `freehold_template_${schema.hash}`;
  await server.asAdminAlone("template", async (client) => {
    await requireVersion(client);
    await ensureRoles(server, client);
    // Becoming a template is the last step, in one transaction with closing it.
    const { rows } = await client.query<{ datistemplate: boolean }>(
      "SELECT datistemplate FROM pg_database WHERE datname = $1",
      [name],
    );
    if (rows[0]?.datistemplate) return;
    if (rows.length > 0) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.query(
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' CONNECTION LIMIT 0`,
    );
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await server.inDatabaseAsAdmin(name, (inside) => runTogether(inside, schema.statements));
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  });
  return name;
}

export async function requireVersion(client: PoolClient): Promise<void> {
  // The setting is_superuser stays in a session as it was when that began.
  const [found] = await runTogether<{ number: number; version: string; super: boolean }>(client, [
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
       (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) AS super`,
  ]);
  if (!found || found.number < oldestVersion)
    throw new DomainError("precondition", `Freehold needs Postgres 17 or newer; this is ${found?.version}.`);
  if (!found.super) throw powerless();
}

async function ensureRoles(server: Server, client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>("SELECT rolname FROM pg_roles");
  const known = new Set(rows.map(({ rolname }) => rolname));
  const missing = Object.values(groupOf).filter((group) => !known.has(group));
  const statements = missing.map((group) => `CREATE ROLE ${identifier(group)} NOLOGIN`);
  if (!known.has(inspector)) statements.push(`CREATE ROLE ${inspector} CONNECTION LIMIT 16`);
  if (!known.has(migrator)) statements.push(`CREATE ROLE ${migrator} NOINHERIT CONNECTION LIMIT 32`);
  statements.push(
    `GRANT ${groupOf.admin} TO ${migrator} WITH INHERIT FALSE, SET TRUE`,
    `ALTER ROLE ${migrator} LOGIN PASSWORD ${literal(await scramVerifier(server.migratorPassword))}`,
    `GRANT ${groupOf.readonly} TO ${inspector}`,
    `ALTER ROLE ${inspector} LOGIN PASSWORD ${literal(await scramVerifier(server.inspectorPassword))}`,
  );
  await runTogether(client, statements);
}
