import type { PoolClient } from "pg";
import type { DatabaseFacts, DatabaseIdentity, TableFacts } from "@/server/drivers/driver";
import { canaryRelease } from "./canary";
import type { OpenPool } from "./open";
import { requireTenant, schemaVersion } from "./tenants";

const mostTables = 200;
const mostRows = 100_000;
const countingMs = 300;

/** The tables of the pool, with the tenant's own rows in them, in bounded time. */
export async function inspectTenant(pool: OpenPool, identity: DatabaseIdentity): Promise<DatabaseFacts> {
  const facts = await pool.inside.asAdmin(async (client) => {
    const tenant = await requireTenant(client, identity);
    const { rows } = await client.query<{ migrations: number; packages: number; engine: string }>(
      `SELECT (SELECT count(*)::int FROM app.migration) AS migrations, (SELECT count(*)::int FROM app.package) AS packages,
         'PostgreSQL ' || current_setting('server_version') AS engine`,
    );
    return { tenant, version: await schemaVersion(client), ...rows[0], paths: await listTables(client) };
  });
  const { tenant, version, migrations = 0, packages = 0, engine = "", paths } = facts;
  const counted = await pool.asOwner(identity.tenant, (client) =>
    countAll(client, paths.slice(0, mostTables - 3)),
  );
  const system = (name: string, rows: number) => ({ name, rows, rowsAreExact: true, system: true });
  return {
    schemaVersion: version,
    sizeBytes: tenant.storageBytes,
    stamp: { tenant: tenant.tenantId, stampedAt: tenant.createdAt },
    tables: [
      ...counted,
      system("sys_migration", migrations),
      system("sys_package_installation", packages),
      system("sys_stamp", 1),
    ],
    tablesAreComplete: paths.length <= mostTables - 3,
    engine,
  };
}

interface Table {
  name: string;
  path: string;
}

async function listTables(client: PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS path
     FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE p.polname = 'tenant_fence' AND NOT c.relispartition AND n.nspname <> '${canaryRelease.schema}' ORDER BY 1 LIMIT ${mostTables + 1}`,
  );
  return rows;
}

async function countAll(client: PoolClient, tables: readonly Table[]): Promise<TableFacts[]> {
  const deadline = performance.now() + countingMs;
  const counted: TableFacts[] = [];
  for (const { name, path } of tables) {
    const left = Math.floor(deadline - performance.now());
    const rows = left > 0 ? await countUpTo(client, path, left) : null;
    const isExact = rows !== null && rows <= mostRows;
    counted.push({
      name,
      rows: Math.min(rows ?? 0, mostRows),
      rowsAreExact: isExact,
      system: isCanary(name),
    });
  }
  return counted;
}

/** What the proof of isolation keeps in every pool. */
const isCanary = (name: string) => name.startsWith(`${canaryRelease.schema}.`);

/** Null when there was no time for it. */
async function countUpTo(client: PoolClient, path: string, milliseconds: number): Promise<number | null> {
  await client.query("SAVEPOINT counting");
  try {
    await client.query(`SET LOCAL statement_timeout = ${milliseconds}`);
    const { rows } = await client.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM (SELECT FROM ${path} LIMIT ${mostRows + 1}) AS part`,
    );
    return rows[0]?.rows ?? 0;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "57014")) throw error;
    return null;
  } finally {
    await client.query("ROLLBACK TO SAVEPOINT counting; RELEASE SAVEPOINT counting");
  }
}
