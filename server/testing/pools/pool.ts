import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { Login } from "@/server/drivers/driver";
import { newIdentity } from "@/server/drivers/driver.contract";
import { createPoolDriver, type PoolDriver } from "@/server/drivers/pool/driver";
import { poolNameFor, rolesOf, type PoolRoles } from "@/server/drivers/pool/names";
import { mintPoolSecrets } from "@/server/drivers/pool/secrets";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { newId } from "@/server/kernel/ids";
import type { Release } from "@/server/packages/content";
import { openServicePool, withTenant, type TenantPool } from "@/sdk/postgres/with-tenant";
import type { PoolContext } from "@/sdk/postgres/proof";
import type { TestPostgres } from "@/server/testing/postgres";

/** A pool of a test's own, with everything that a test does with one. */
export interface TestPool {
  driver: PoolDriver;
  databaseName: string;
  secrets: PoolSecrets;
  roles: PoolRoles;
  /** As the superuser. */
  ask<Row extends Record<string, unknown>>(sql: string): Promise<Row[]>;
  /** A new tenant, with a credential for services. */
  tenant(scope?: "readonly" | "readwrite"): Promise<TestTenant>;
  /** The connections of a service. Closed with the test. */
  service(options?: { scope?: "readonly" | "readwrite"; max?: number }): ReturnType<typeof openServicePool>;
}

export type TestTenant = ReturnType<typeof newIdentity> & { context: PoolContext; login: Login };

/** Makes a pool on the server; removed with the test. */
export async function makePool(postgres: TestPostgres): Promise<TestPool> {
  const { pool, remove } = await openTestPool(postgres);
  onTestFinished(remove);
  return pool;
}

/** One pool for all tests of a file, with this release in it. */
export function withPool(postgres: TestPostgres, release: Release): () => TestPool {
  let opened: Awaited<ReturnType<typeof openTestPool>> | undefined;
  beforeAll(async () => {
    opened = await openTestPool(postgres);
    await opened.pool.driver.installRelease(release);
  });
  afterAll(() => opened?.remove());
  return () => {
    if (!opened) throw new Error("The pool of this test file is not there.");
    return opened.pool;
  };
}

async function openTestPool(postgres: TestPostgres): Promise<{ pool: TestPool; remove(): Promise<void> }> {
  const databaseName = poolNameFor(newId());
  const secrets = mintPoolSecrets();
  const make = () =>
    createPoolDriver({
      adminUrl: postgres.adminUrl(),
      publicUrl: postgres.publicUrl(),
      databaseName,
      secrets,
    });
  const driver = make();
  await driver.createPool();
  async function remove(): Promise<void> {
    await driver.close();
    const ending = make();
    await ending.dropPool();
    await ending.close();
  }
  const pool: TestPool = {
    driver,
    databaseName,
    secrets,
    roles: rolesOf(databaseName),
    ask: (sql) => postgres.ask(sql, databaseName),
    tenant: (scope = "readwrite") => makeTenant(driver, scope),
    service(options = {}) {
      const service = openServicePool(serviceConfig(driver, secrets, options));
      onTestFinished(() => service.end());
      return service;
    },
  };
  return { pool, remove };
}

async function makeTenant(driver: PoolDriver, scope: "readonly" | "readwrite"): Promise<TestTenant> {
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const login = await issue(driver, identity, { scope, audience: "services" });
  return { ...identity, login, context: contextOf(identity.tenant, login) };
}

/** A credential that works. */
export async function issue(
  driver: PoolDriver,
  identity: ReturnType<typeof newIdentity>,
  wanted: Pick<Login, "scope" | "audience"> & { expiresAt?: Date },
): Promise<Login> {
  const request = { credentialId: newId(), expiresAt: null, ...wanted };
  const login = { ...request, secret: await driver.mintSecret(identity, request) };
  await driver.installLogin(identity, login);
  return login;
}

export const contextOf = (tenant: string, { credentialId, secret }: Login): PoolContext => ({
  tenant,
  credentialId,
  secret: secret.reveal(),
});

export function serviceConfig(
  driver: PoolDriver,
  secrets: PoolSecrets,
  { scope = "readwrite", max = 8 }: { scope?: "readonly" | "readwrite"; max?: number } = {},
) {
  const { url, username } = driver.servicesAddress(scope);
  const password = scope === "readonly" ? secrets.readonlyPassword : secrets.readwritePassword;
  const address = new URL(url);
  address.username = username ?? "";
  address.password = password.reveal();
  return { connectionString: address.href, ssl: false, max };
}

/** Rows that a statement of the tenant gives, or the code of the refusal. */
export async function outcome(
  pool: ReturnType<typeof openServicePool>,
  context: PoolContext,
  use: string | ((tenant: TenantPool) => Promise<unknown>),
): Promise<unknown> {
  try {
    return await withTenant(pool, context, async (tenant) => {
      if (typeof use !== "string") return use(tenant);
      const { rows, rowCount, command } = await tenant.query(use);
      return rows.length > 0 ? rows : `${command} ${rowCount ?? ""}`.trim();
    });
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : String(error);
  }
}

/** A release of a package from SQL, a migration per text. Each statement starts with its verb. */
export function releaseOf(
  migrations: string[],
  { schema = "school", reference = [] }: { schema?: string; reference?: string[] } = {},
): Release {
  return {
    package: `org.example.${schema}`,
    version: `1.0.${migrations.length}`,
    checksum: String(migrations.length).padStart(64, "0"),
    schema,
    engines: ["postgres"],
    reference,
    migrations: migrations.map((text, at) => {
      const name = `${String(at + 1).padStart(4, "0")}_step`;
      const statements = text
        .split(/;\s*(?=$|(?:create|alter|insert|update|delete|drop|set|do|select) )/i)
        .map((sql, line) => ({ sql: sql.trim(), line: line + 1 }));
      const checksum = String(text.length).padStart(64, "0");
      const file = { file: `${name}.sql`, checksum, statements: statements.filter(({ sql }) => sql !== "") };
      return { name, sqlite: null, postgres: file };
    }),
  };
}
