import type { Client } from "pg";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import {
  installationStatuses,
  isThere,
  mostInstallations,
  pendingMigrations,
  refusedStatement,
  type Applied,
  type Installation,
  type Standing,
} from "@/server/drivers/installation";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { newId } from "@/server/kernel/ids";
import type { MigrationText, Release } from "@/server/packages/content";
import { aloneWithOwn } from "./found";
import { groupOf, identifier, lockKey, migrator } from "./names";
import { explainRefusal, hasCode, isOfStatement, sqlstate } from "./postgres-errors";
import { readDatabase } from "./read";
import { runTogether, type Server } from "./server";

const journal = "freehold.sys_migration";
const installations = "freehold.sys_package_installation";

/**
 * Applies what is missing of a release. The statements run as the owner role in a session of a role
 * that could do no more: whatever a tenant put in their way, no superuser meets it.
 */
export async function installPackage(
  server: Server,
  identity: DatabaseIdentity,
  release: Release,
): Promise<void> {
  await letIn(server, identity, release.schema);
  failpoint("postgres.install.opened");
  try {
    await server.inDatabaseAsMigrator(identity.databaseName, async (client) => {
      await client.query(`SELECT pg_advisory_lock(${lockKey("packages")})`);
      await applyAll(client, release);
    });
  } catch (error) {
    throw explain(error);
  }
}

/** Packages that the database says it has. */
export async function listInstallations(server: Server, identity: DatabaseIdentity): Promise<Installation[]> {
  return readDatabase(server, identity, async ({ client }) => {
    const { rows } = await client.query<ListedRow>(
      `SELECT package, version, checksum, status, error_message AS problem, updated_at AS "updatedAt"
       FROM ${installations} ORDER BY package COLLATE "C" LIMIT ${mostInstallations}`,
    );
    return rows.map((row) => ({ ...row, status: statusIn(row.status) }));
  });
}

type ListedRow = Omit<Installation, "status"> & { status: string };

/** Makes the schema, and lets the migrator into the database. Alone with it, as both are made once. */
async function letIn(server: Server, identity: DatabaseIdentity, name: string): Promise<void> {
  const { databaseName } = identity;
  const schema = identifier(name);
  await aloneWithOwn(server, identity, async (client) => {
    await server.inDatabaseAsAdmin(databaseName, (inside) =>
      runTogether(inside, [
        `CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${groupOf.admin}`,
        `GRANT USAGE ON SCHEMA ${schema} TO ${groupOf.readwrite}, ${groupOf.readonly}`,
        `GRANT USAGE ON SCHEMA freehold TO ${migrator}`,
        `GRANT SELECT, INSERT, UPDATE ON ${journal}, ${installations} TO ${migrator}`,
      ]),
    );
    await client.query(`GRANT CONNECT ON DATABASE ${databaseName} TO ${migrator}`);
  });
}

async function applyAll(client: Client, release: Release): Promise<void> {
  try {
    while (await applyNext(client, release));
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    if (isDomainError(error))
      await client.query(
        `UPDATE ${installations} SET error_message = $2, updated_at = now() WHERE package = $1 AND status <> 'installed'`,
        [release.package, error.message.slice(0, 2_000)],
      );
    throw error;
  }
}

/** False when nothing is left to do. */
async function applyNext(client: Client, release: Release): Promise<boolean> {
  await client.query("BEGIN");
  const standing = await look(client, release.package);
  const [next, ...later] = pendingMigrations(release, "postgres", standing.applied);
  if (!next && isThere(release, standing)) {
    await client.query("COMMIT");
    return false;
  }
  await begin(client, release);
  if (next) await applyFile(client, release, next);
  if (later.length === 0) await end(client, release);
  failpoint("postgres.install.applied");
  await commit(client, next);
  failpoint("postgres.install.committed");
  return later.length > 0;
}

async function look(client: Client, name: string): Promise<Standing> {
  const applied = await client.query<Applied>(
    `SELECT file, checksum FROM ${journal} WHERE package = $1 ORDER BY file COLLATE "C" LIMIT 10000`,
    [name],
  );
  const { rows } = await client.query<{ version: string; checksum: string; status: string }>(
    `SELECT version, checksum, status FROM ${installations} WHERE package = $1`,
    [name],
  );
  const [installed] = rows;
  return {
    applied: applied.rows,
    installed: installed ? { ...installed, status: statusIn(installed.status) } : null,
  };
}

/** Says that the release is on its way. What was whole before stays named until the end. */
async function begin(client: Client, { package: name, version, checksum }: Release): Promise<void> {
  await client.query(
    `INSERT INTO ${installations} AS i (id, package, version, checksum, status, installed_at, updated_at)
     VALUES ($1, $2, $3, $4, 'installing', now(), now())
     ON CONFLICT (package) DO UPDATE SET
       version = CASE i.status WHEN 'installing' THEN excluded.version ELSE i.version END,
       checksum = CASE i.status WHEN 'installing' THEN excluded.checksum ELSE i.checksum END,
       status = CASE i.status WHEN 'installing' THEN i.status ELSE 'upgrading' END,
       error_message = NULL, updated_at = now()`,
    [newId(), name, version, checksum],
  );
}

async function applyFile(
  client: Client,
  { package: name, version, schema }: Release,
  { file, checksum, statements }: MigrationText,
): Promise<void> {
  await client.query(`INSERT INTO ${journal} VALUES ($1, $2, $3, $4, $5, now())`, [
    newId(),
    name,
    version,
    file,
    checksum,
  ]);
  await runTogether(client, [
    `SET LOCAL ROLE ${groupOf.admin}`,
    `SET LOCAL search_path = ${identifier(schema)}, pg_temp`,
  ]);
  for (const { sql, line } of statements) {
    await client.query(sql).catch((error: unknown) => {
      throw isOfStatement(error) ? refusedStatement({ file, line }, error) : error;
    });
    failpoint("postgres.install.statement");
  }
  await runTogether(client, ["RESET ROLE", "SET LOCAL search_path = pg_catalog"]);
}

async function end(client: Client, { package: name, version, checksum }: Release): Promise<void> {
  await client.query(
    `UPDATE ${installations}
     SET version = $2, checksum = $3, status = 'installed', error_message = NULL, updated_at = now()
     WHERE package = $1`,
    [name, version, checksum],
  );
}

/** Constraints that were put off are looked at now. */
async function commit(client: Client, text: MigrationText | undefined): Promise<void> {
  await client.query("COMMIT").catch((error: unknown) => {
    throw text && isOfStatement(error) ? refusedStatement({ file: text.file, line: 1 }, error) : error;
  });
}

function explain(error: unknown): unknown {
  if (hasCode(error, sqlstate.tooManyConnections))
    return new DomainError("precondition", "The database is suspended. Resume it first.", { cause: error });
  if (hasCode(error, sqlstate.lockNotAvailable))
    return new DomainError(
      "precondition",
      "Another installation or a long transaction holds the database. Try again in a moment.",
      { cause: error },
    );
  return explainRefusal(error);
}

const statusIn = (value: string) => installationStatuses.find((known) => known === value) ?? "installing";
