import { expect, test } from "vitest";
import { releaseOf, withPool, type TestPool } from "@/server/testing/pools/pool";
import { reference, school } from "@/server/testing/pools/school.data";
import { addTwo } from "@/server/testing/pools/two-tenants";
import { withPostgres } from "@/server/testing/postgres";
import { withTenant, type TenantPool } from "./with-tenant";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));
const rowsOf = async (tenant: TenantPool, query = "SELECT name FROM school.schools ORDER BY name") =>
  (await tenant.query(query)).rows;

async function oneConnection() {
  const { pool, a, b } = await addTwo(shared());
  return { a, b, ask: pool.ask, service: pool.service({ max: 1 }) };
}

/** What a careless or hostile service leaves behind on the one connection. */
const leavings: { title: string; leave(tenant: TenantPool, ask: TestPool["ask"]): Promise<unknown> }[] = [
  { title: "an open transaction", leave: (tenant) => tenant.query("BEGIN") },
  {
    title: "a transaction that nobody ended",
    async leave(tenant) {
      const connection = await tenant.connect();
      await connection.query("BEGIN");
      await connection.query("UPDATE school.schools SET name = 'Mine'");
    },
  },
  {
    title: "a failed transaction that is given back",
    async leave(tenant) {
      const connection = await tenant.connect();
      await connection.query("BEGIN");
      await connection.query("SELECT 1 / 0").catch(() => undefined);
      connection.release();
    },
  },
  {
    title: "an error that is thrown in a transaction",
    leave: (tenant) =>
      tenant.transaction(async (connection) => {
        await connection.query("UPDATE school.schools SET name = 'Mine'");
        throw new Error("x");
      }),
  },
  { title: "a setting of the session", leave: (tenant) => tenant.query("SET search_path = school") },
  {
    title: "a setting made by a function",
    leave: (tenant) =>
      tenant.query(
        "SELECT set_config('app.current_tenant', 'x', false), set_config('statement_timeout', '1', false)",
      ),
  },
  {
    title: "a setting made by a function whose name is escaped",
    leave: (tenant) => tenant.query(`SELECT U&"\\0073et_config"('statement_timeout', '1', false)`),
  },
  {
    title: "a setting made through a view",
    leave: (tenant) => tenant.query("UPDATE pg_settings SET setting = '1' WHERE name = 'statement_timeout'"),
  },
  {
    title: "a setting made by a text that runs",
    leave: (tenant) =>
      tenant.query(
        "SELECT query_to_xml('SELECT set' || '_config(''statement_timeout'', ''1'', false)', true, true, '')",
      ),
  },
  { title: "a channel", leave: (tenant) => tenant.query("LISTEN gossip") },
  { title: "a statement of its own", leave: (tenant) => tenant.query("PREPARE mine AS SELECT 1") },
  {
    title: "a cursor that outlives its transaction",
    leave: (tenant) => tenant.query("DECLARE c CURSOR WITH HOLD FOR SELECT * FROM school.schools"),
  },
  {
    title: "a connection that died",
    async leave(tenant, ask) {
      const connection = await tenant.connect();
      const { rows } = await connection.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      expect(await ask(`SELECT pg_terminate_backend(${rows[0]?.pid}) AS yes`)).toEqual([{ yes: true }]);
      await connection.query("SELECT 1");
    },
  },
  {
    title: "a connection that was never given back",
    leave: (tenant) => tenant.connect(),
  },
];

test.each(leavings)("the next tenant meets nothing of $title", async ({ leave }) => {
  const { service, a, b, ask } = await oneConnection();
  await withTenant(service, a.context, (tenant) => leave(tenant, ask)).catch(() => undefined);
  const seen = await withTenant(service, b.context, async (tenant) => ({
    names: await rowsOf(tenant),
    path: await rowsOf(
      tenant,
      "SELECT current_setting('search_path') AS p, current_setting('statement_timeout') AS t",
    ),
    channels: await rowsOf(tenant, "SELECT pg_listening_channels()"),
    prepared: await rowsOf(tenant, "SELECT name FROM pg_prepared_statements WHERE name = 'mine'"),
    cursors: await rowsOf(tenant, "SELECT name FROM pg_cursors WHERE is_holdable"),
  }));
  expect(seen).toEqual({
    names: [{ name: "Bob" }],
    path: [{ p: "public", t: "5min" }],
    channels: [],
    prepared: [],
    cursors: [],
  });
  expect(await withTenant(service, a.context, (tenant) => rowsOf(tenant))).toEqual([{ name: "Ann" }]);
});

test.each([
  "ALTER ROLE CURRENT_USER SET statement_timeout = 1",
  "alter user current_user password 'x'",
  "/* a /* nested */ comment */ -- and\r; ALTER/**/ROLE\nSESSION_USER SET search_path = pg_temp",
])("no tenant changes the login that all share: %s", async (sql) => {
  const { service, a, b } = await oneConnection();
  for (const query of [sql, { text: sql }])
    await expect(withTenant(service, a.context, (tenant) => tenant.query(query))).rejects.toMatchObject({
      code: "42501",
    });
  const connecting = withTenant(service, b.context, (tenant) => rowsOf(tenant));
  expect(await connecting).toEqual([{ name: "Bob" }]);
});
