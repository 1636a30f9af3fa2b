import type { PoolClient } from "pg";
import { identifier, lockKey } from "@/server/drivers/postgres/names";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { newId } from "@/server/kernel/ids";
import type { MigrationText, Release } from "@/server/packages/content";
import { makeTenantSafe } from "@/server/packages/tenant-safe/make-safe";
import type { Declared } from "@/server/packages/tenant-safe/relations";
import { runStatement } from "@/server/packages/tenant-safe/run-statement";
import type { OpenPool } from "./open";

const lockWait = "5s";
const reserved = /^(?:app|freehold|public|information_schema|pg_.*)$/;

/**
 * Brings a package in the pool to this release, for all tenants. Each migration is one
 * transaction with its record, so that a killed installation goes on where it stopped. Gives the
 * files that it applied. Throws `invalid` when a table cannot be made tenant-safe, `conflict`
 * when an applied file has changed.
 */
export async function installRelease(pool: OpenPool, release: Release): Promise<string[]> {
  if (!release.engines.includes("postgres"))
    throw new DomainError("invalid", "This package is not written for Postgres.");
  if (reserved.test(release.schema))
    throw new DomainError("invalid", `The schema ${release.schema} is not for packages.`);
  const applied: string[] = [];
  for (const { postgres } of release.migrations) {
    if (postgres && (await applyMigration(pool, release, postgres))) applied.push(postgres.file);
    failpoint("pool.install.migration");
  }
  await pool.asInstaller(async (client) => {
    await alone(client, pool);
    await recordPackage(client, release, "installed");
  });
  return applied;
}

async function applyMigration(pool: OpenPool, release: Release, migration: MigrationText): Promise<boolean> {
  return pool.asInstaller(async (client) => {
    await alone(client, pool);
    if (await isApplied(client, release, migration)) return false;
    await requireOwnSchema(client, release);
    await recordPackage(client, release, "installing");
    const schema = identifier(release.schema);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${pool.roles.owner}`);
    const declared = await declaredIn(client, pool);
    const { rows } = await client.query<{ id: string }>("SELECT tenant_id AS id FROM app.tenant ORDER BY 1");
    const { rows: begun } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
    await client.query(`SET LOCAL ROLE ${pool.roles.owner}`);
    await client.query(`SET LOCAL lock_timeout = '${lockWait}'`);
    const makeSafe = () => makeTenantSafe(client, declared);
    const tenants = rows.map(({ id }) => id);
    for (const { sql, line } of migration.statements) {
      await client.query(`SET LOCAL search_path = ${schema}`);
      await runStatement({ client, declared, schema: release.schema, tenants, makeSafe }, sql).catch(
        (error: unknown) => {
          throw explain(error, migration, line);
        },
      );
    }
    await makeSafe();
    await requireSameTransaction(client, begun[0]?.id);
    await client.query("SET LOCAL ROLE NONE");
    await recordMigration(client, release, migration);
    failpoint("pool.install.recorded");
    return true;
  });
}

/** One installation at a time in a pool. The lock ends with the transaction, however that ends. */
async function alone(client: PoolClient, { name }: OpenPool): Promise<void> {
  await client.query("SET LOCAL lock_timeout = 0");
  await client.query(`SELECT pg_advisory_xact_lock(${lockKey(`${name} install`)})`);
}

async function isApplied(client: PoolClient, release: Release, { file, checksum }: MigrationText) {
  const { rows } = await client.query<{ checksum: string }>(
    "SELECT checksum FROM app.migration WHERE package = $1 AND file = $2",
    [release.package, file],
  );
  if (rows[0] && rows[0].checksum !== checksum)
    throw new DomainError("conflict", `${file} has changed since it was applied to this pool.`);
  return rows.length > 0;
}

async function requireOwnSchema(client: PoolClient, release: Release): Promise<void> {
  const { rows } = await client.query<{ package: string }>(
    "SELECT package FROM app.package WHERE schema = $1 AND package <> $2",
    [release.schema, release.package],
  );
  if (rows[0])
    throw new DomainError(
      "conflict",
      `The schema ${release.schema} belongs to the package ${rows[0].package}.`,
    );
}

/** The reference tables of every package in the pool. */
export async function declaredIn(client: PoolClient, { roles }: OpenPool): Promise<Declared> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT schema || '.' || unnest(reference) AS name FROM app.package",
  );
  return { roles, reference: new Set(rows.map(({ name }) => name)) };
}

/** A migration that ends its own transaction leaves tables behind that nobody may read; it is told so. */
async function requireSameTransaction(client: PoolClient, begun: string | undefined): Promise<void> {
  const { rows } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  if (rows[0]?.id !== begun)
    throw new DomainError("invalid", "A migration must not end the transaction that it runs in.");
}

async function recordMigration(client: PoolClient, release: Release, { file, checksum }: MigrationText) {
  await client.query("INSERT INTO app.migration VALUES ($1, $2, $3, $4, $5, now())", [
    newId(),
    release.package,
    release.version,
    file,
    checksum,
  ]);
}

async function recordPackage(client: PoolClient, release: Release, status: "installed" | "installing") {
  await client.query(
    `INSERT INTO app.package (id, package, version, checksum, status, schema, reference, installed_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())
     ON CONFLICT (package) DO UPDATE SET version = excluded.version, checksum = excluded.checksum,
       status = excluded.status, reference = excluded.reference, updated_at = excluded.updated_at`,
    [newId(), release.package, release.version, release.checksum, status, release.schema, release.reference],
  );
}

function explain(error: unknown, { file }: MigrationText, line: number): unknown {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error) || !("code" in error)) return error;
  return new DomainError("invalid", `${file}, line ${line}: ${error.message}.`, { cause: error });
}
