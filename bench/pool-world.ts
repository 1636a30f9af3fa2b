import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { Client, Pool } from "pg";
import { openServicePool, withTenant } from "@/sdk/postgres/with-tenant";
import type { PoolContext } from "@/sdk/postgres/proof";
import { createPoolDriver, type PoolDriver } from "@/server/drivers/pool/driver";
import { poolNameFor } from "@/server/drivers/pool/names";
import { mintPoolSecrets } from "@/server/drivers/pool/secrets";
import { startEmbeddedPostgres } from "@/server/embedded-postgres/start";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { freePort } from "./free-port";
import { withScratchDirectory } from "./measure";

const columns = `id uuid PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, grade integer NOT NULL,
  school_id uuid NOT NULL, email text NOT NULL, created_at timestamptz NOT NULL`;
const statements = [
  `CREATE TABLE students (${columns})`,
  "CREATE INDEX students_created ON students (created_at)",
  "CREATE INDEX students_school ON students (school_id)",
  "CREATE INDEX students_last_name ON students (last_name)",
];
export const listed = "id, first_name, last_name, grade, school_id, email, created_at";

export interface Share {
  tenants: number;
  rows: number;
  /** The part of all rows that the first tenant has; without it, all have as many. */
  first?: number;
}

/** A pool with students, and the same rows in a table without fences. */
export interface PoolWorld {
  driver: PoolDriver;
  admin: Client;
  tenants: PoolContext[];
  /** A service's connections, as the SDK makes them. */
  service: Pool;
  /** Connections of a login that reads and writes the table without fences. */
  plain: Pool;
  host: string;
  port: number;
  /** The same two by another way to the server. */
  connect(port: number): { service: Pool; plain: Pool };
}

export async function withPoolWorld<T>(share: Share, use: (world: PoolWorld) => Promise<T>): Promise<T> {
  return withScratchDirectory(async (dataDir) => {
    const port = await freePort();
    const password = new Secret(randomBytes(16).toString("hex"));
    const server = await startEmbeddedPostgres({ dataDir, port, password });
    const databaseName = poolNameFor(newId());
    const secrets = mintPoolSecrets();
    const publicUrl = `postgresql://127.0.0.1:${port}`;
    const driver = createPoolDriver({ adminUrl: server.adminUrl, publicUrl, databaseName, secrets });
    await driver.createPool();
    await install(driver);
    const tenants = await addTenants(driver, share.tenants);
    const adminUrl = new URL(server.adminUrl.reveal());
    adminUrl.pathname = databaseName;
    const admin = new Client({ connectionString: adminUrl.href });
    await admin.connect();
    await fill(admin, tenants, share);
    await makePlain(admin, databaseName);
    const { username } = driver.servicesAddress("readwrite");
    const login = { user: username ?? "", password: secrets.readwritePassword.reveal() };
    const connect = (at: number) => {
      const place = { host, port: at, database: databaseName, max: 8 };
      return {
        service: openServicePool({ ...place, ...login }),
        plain: new Pool({ ...place, user: "plain", password: "plain" }),
      };
    };
    const { service, plain } = connect(port);
    try {
      return await use({ driver, admin, tenants, service, plain, host, port, connect });
    } finally {
      await Promise.all([service.end(), plain.end(), admin.end(), driver.close()]);
      await server.stop();
      rmSync(server.directory, { recursive: true, force: true });
    }
  });
}

async function install(driver: PoolDriver): Promise<void> {
  const file = {
    file: "0001_students.sql",
    checksum: "0".repeat(64),
    statements: statements.map((sql, at) => ({ sql, line: at + 1 })),
  };
  await driver.installRelease({
    package: "org.example.school",
    version: "1.0.0",
    checksum: "0".repeat(64),
    schema: "school",
    engines: ["postgres"],
    reference: [],
    migrations: [{ name: "0001_students", sqlite: null, postgres: file }],
  });
}

async function addTenants(driver: PoolDriver, count: number): Promise<PoolContext[]> {
  const contexts: PoolContext[] = [];
  for (let at = 0; at < count; at++) {
    const tenant = environmentId(newId());
    const identity = { tenant, databaseName: databaseNameFor(tenant) };
    const login = {
      credentialId: newId(),
      audience: "services" as const,
      scope: "readwrite" as const,
      expiresAt: null,
    };
    await driver.createDatabase(identity);
    const secret = await driver.mintSecret(identity, login);
    await driver.installLogin(identity, { ...login, secret });
    contexts.push({ tenant, credentialId: login.credentialId, secret: secret.reveal() });
  }
  return contexts;
}

/** Rows of all tenants by turns, as they come in over the years. Indexes come after them, so that millions take minutes. */
async function fill(
  admin: Client,
  tenants: readonly PoolContext[],
  { rows, first = 0 }: Share,
): Promise<void> {
  await admin.query("SET maintenance_work_mem = '512MB'");
  const taken = await takeIndexes(admin);
  await admin.query(
    `INSERT INTO school.students (tenant_id, ${listed})
     SELECT ($1::uuid[])[CASE WHEN g % 100 < $3::float8 * 100 THEN 1 ELSE 1 + abs(hashint4(g)) % $4::integer END],
       md5('student ' || g)::uuid, 'First' || g % 997, 'Last' || g % 9973, g % 13,
       md5('school ' || g % 499)::uuid, 'student' || g || '@example.org',
       '2020-01-01'::timestamptz + make_interval(mins => g)
     FROM generate_series(1, $2::integer) AS g`,
    [tenants.map(({ tenant }) => tenant), rows, first, tenants.length],
  );
  for (const sql of taken) await admin.query(sql);
  await admin.query("VACUUM ANALYZE school.students");
}

/** Drops the table's indexes and gives the statements that make them again. */
async function takeIndexes(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<{ drop: string; make: string }>(
    `SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass)
         ELSE format('ALTER TABLE school.students DROP CONSTRAINT %I', c.conname) END AS drop,
       CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
         ELSE format('ALTER TABLE school.students ADD CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid)) END AS make
     FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
     WHERE i.indrelid = 'school.students'::regclass`,
  );
  for (const { drop } of rows) await admin.query(drop);
  return rows.map(({ make }) => make);
}

async function makePlain(admin: Client, databaseName: string): Promise<void> {
  for (const sql of [
    "CREATE SCHEMA plain",
    `CREATE TABLE plain.students (${columns.replace("PRIMARY KEY", "NOT NULL")}, tenant_id uuid NOT NULL)`,
    "ALTER TABLE plain.students DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
    `INSERT INTO plain.students (${listed}, tenant_id) SELECT ${listed}, tenant_id FROM school.students`,
    "ALTER TABLE plain.students ADD PRIMARY KEY (tenant_id, id)",
    "CREATE INDEX ON plain.students (tenant_id, created_at)",
    "CREATE INDEX ON plain.students (tenant_id, school_id)",
    "CREATE INDEX ON plain.students (tenant_id, last_name)",
    "VACUUM ANALYZE plain.students",
    "CREATE ROLE plain LOGIN PASSWORD 'plain'",
    `GRANT CONNECT ON DATABASE ${databaseName} TO plain`,
    "GRANT USAGE ON SCHEMA plain TO plain",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON plain.students TO plain",
    "CHECKPOINT",
  ])
    await admin.query(sql);
}

const host = "127.0.0.1";
let names = 0;

/** A statement as a service runs it in a pool, and as it would without one. */
export function pair(world: PoolWorld, sql: string, valuesOf: (tenant: PoolContext) => unknown[]) {
  const name = `bench_${names++}`;
  const fenced = sql
    .replaceAll("students", "school.students")
    .replace("{tenant} AND ", "")
    .replace("WHERE {tenant}", "");
  const place = (sql.match(/\$\d/g) ?? []).length + 1;
  const open = sql.replaceAll("students", "plain.students").replace("{tenant}", `tenant_id = $${place}`);
  return {
    pooled: (tenant: PoolContext) =>
      withTenant(world.service, tenant, (rows) =>
        rows.query({ name, text: fenced, values: valuesOf(tenant) }),
      ),
    plain: (tenant: PoolContext) =>
      world.plain.query({ name, text: open, values: [...valuesOf(tenant), tenant.tenant] }),
    fenced,
    open,
  };
}
