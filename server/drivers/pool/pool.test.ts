import { beforeAll, afterAll, onTestFinished } from "vitest";
import type { Address, Login } from "@/server/drivers/driver";
import { testDriver } from "@/server/drivers/driver.contract";
import { testLogins, type TestClient } from "@/server/drivers/logins.contract";
import { openServicePool, withTenant } from "@/sdk/postgres/with-tenant";
import { contextOf, serviceConfig } from "@/server/testing/pools/pool";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";
import { newId } from "@/server/kernel/ids";
import { createPoolDriver, type PoolDriver } from "./driver";
import { poolNameFor } from "./names";
import { mintPoolSecrets } from "./secrets";

const postgres = withPostgres();
const databaseName = poolNameFor(newId());
const secrets = mintPoolSecrets();

const connect = (): PoolDriver =>
  createPoolDriver({ adminUrl: postgres.adminUrl(), publicUrl: postgres.publicUrl(), databaseName, secrets });

let kept: PoolDriver;
beforeAll(async () => {
  kept = connect();
  await kept.createPool();
});
afterAll(() => kept.close());

/** One pool for all tests, and no tenants in it. */
async function make(): Promise<PoolDriver> {
  for await (const { databaseName: name, tenant } of kept.listDatabases())
    await kept.dropDatabase({ databaseName: name, tenant: tenantOf(tenant) });
  const driver = connect();
  onTestFinished(() => driver.close());
  return driver;
}

const tenantOf = (tenant: string | null) => tenant as Parameters<PoolDriver["dropDatabase"]>[0]["tenant"];

testDriver("pool", make);

const scopes = ["readonly", "readwrite"] as const;
const systemTable = "freehold.sys_migration";
const except = {
  "may do what its scope says, and nothing else": "The schema is everybody's; limits.test.ts has the scopes.",
  "leaves what it made behind for the next": "Nobody makes anything that is not a row.",
};

testLogins("pool", { make, connect: connectPostgres, systemTable, scopes, except });

/** What a service does for this tenant. */
async function serve(address: Address, login: Login): Promise<TestClient> {
  const hex = (address.username ?? "").slice(4, 36);
  const tenant = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const pool = openServicePool(
    serviceConfig(kept, secrets, { scope: login.scope === "readonly" ? "readonly" : "readwrite", max: 1 }),
  );
  return {
    query: (sql) =>
      withTenant(pool, contextOf(tenant, login), async (rows) => {
        await rows.query("SELECT app.tenant()");
        return (await rows.query(sql)).rows;
      }),
    close: () => pool.end(),
  };
}

testLogins("pool for services", { make, connect: serve, systemTable, scopes, except, audience: "services" });
