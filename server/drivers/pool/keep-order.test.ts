import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { issue, outcome, releaseOf, serviceConfig, withPool } from "@/server/testing/pools/pool";
import { reference, school } from "@/server/testing/pools/school.data";
import { addTwo, session } from "@/server/testing/pools/two-tenants";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));
const names = "SELECT name FROM school.schools";

test.each([
  "ALTER ROLE CURRENT_USER PASSWORD 'x'",
  "ALTER ROLE CURRENT_USER PASSWORD NULL",
  "ALTER ROLE CURRENT_USER SET default_transaction_read_only = on",
  "ALTER ROLE CURRENT_USER SET statement_timeout = 1",
  "ALTER ROLE CURRENT_USER RESET ALL",
  'ALTER ROLE CURRENT_USER IN DATABASE "$" SET search_path = pg_temp',
])("the login that services share is put back after: %s", async (sql) => {
  const { pool, a } = await addTwo(shared());
  expect(await pool.driver.keepOrder()).toEqual([]);
  const { client } = await session(pool);
  const ended = new Promise((resolve) => client.on("error", resolve));
  await client.query(sql.replace("$", pool.databaseName));
  expect(await pool.driver.keepOrder()).toMatchObject([
    { rule: "login-changed", object: pool.roles.readwrite },
  ]);
  await ended;
  expect(await pool.driver.keepOrder()).toEqual([]);
  expect(await outcome(pool.service(), a.context, names)).toEqual([{ name: "Ann" }]);
  const next = new Client(serviceConfig(pool.driver, pool.secrets));
  await next.connect();
  onTestFinished(() => next.end());
  const { rows } = await next.query(
    "SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS limit, current_setting('transaction_read_only') AS is_reading",
  );
  expect(rows).toEqual([{ path: "public", limit: "5min", is_reading: "off" }]);
});

test.each(["ACCESS EXCLUSIVE", "SHARE", "SHARE UPDATE EXCLUSIVE"])(
  "a tenant that locks a table %s is ended, and one that writes goes on",
  async (mode) => {
    const { pool, a, b, service } = await addTwo(shared());
    const connect = async (tenant: typeof a) => {
      const login = await issue(pool.driver, tenant, { scope: "readwrite", audience: "direct" });
      const address = pool.driver.address(tenant, login.credentialId);
      const client = await connectPostgres(address, login);
      onTestFinished(() => client.close().catch(() => undefined));
      await client.query("BEGIN");
      return { client, role: address.username ?? "" };
    };
    const [hoarder, writer] = [await connect(a), await connect(b)];
    await writer.client.query("SELECT name FROM school.schools FOR UPDATE");
    await writer.client.query("UPDATE school.schools SET name = 'Ben'");
    await hoarder.client.query(`LOCK TABLE school.students IN ${mode} MODE`);
    expect(await pool.driver.keepOrder()).toMatchObject([{ rule: "table-hoarded", object: hoarder.role }]);
    await expect(hoarder.client.query("SELECT 1")).rejects.toThrow();
    await writer.client.query("COMMIT");
    expect(await outcome(service, b.context, names)).toEqual([{ name: "Ben" }]);
  },
);
