import { expect, test } from "vitest";
import { newIdentity } from "@/server/drivers/driver.contract";
import type { TestClient } from "@/server/drivers/logins.contract";
import type { CredentialScope, DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { newId } from "@/server/kernel/ids";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";
import { roleOf } from "./names";

const postgres = withPostgres();

async function issue(driver: TenantDriver, identity: DatabaseIdentity, scope: CredentialScope) {
  const request = { credentialId: newId(), audience: "direct" as const, scope, expiresAt: null };
  const login = { ...request, secret: await driver.mintSecret(identity, request) };
  await driver.installLogin(identity, login);
  const client = await connectPostgres(driver.address(identity, login.credentialId), login);
  return { login, client };
}

/** A database whose owner runs the statements. */
async function owned(statements: string[]): Promise<{
  driver: TenantDriver;
  identity: DatabaseIdentity;
  client: TestClient;
}> {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const { client } = await issue(driver, identity, "admin");
  for (const statement of statements) await client.query(statement);
  return { driver, identity, client };
}

const trap = `CREATE FUNCTION trap() RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
  BEGIN EXECUTE 'ALTER ROLE freehold_owner SUPERUSER'; RETURN true; END $$`;
const count = `CREATE FUNCTION public.count() RETURNS bigint LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'run'; END $$`;

const traps: [string, string[]][] = [
  ["functions named like those of Postgres", [count, "CREATE TABLE item (id int)"]],
  [
    "operators and a search path of its own",
    [
      "CREATE FUNCTION never(name, name) RETURNS boolean LANGUAGE sql AS 'SELECT 1 / 0 = 1'",
      "CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = name, FUNCTION = never)",
      "CREATE TABLE item (id int)",
      "ALTER ROLE CURRENT_USER SET search_path = 'public, pg_catalog'",
    ],
  ],
  [
    "an index over a function",
    [
      "CREATE FUNCTION quiet(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'",
      "CREATE TABLE item (id int)",
      "CREATE INDEX ON item ((id > 0 AND quiet(1)))",
      `CREATE OR REPLACE FUNCTION quiet(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
        BEGIN EXECUTE 'ALTER ROLE freehold_owner SUPERUSER'; RETURN true; END $$`,
    ],
  ],
  [
    "a policy",
    [
      trap,
      "CREATE TABLE item (id int)",
      "ALTER TABLE item ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY p ON item USING (trap())",
    ],
  ],
  ["a view", [trap, "CREATE VIEW item AS SELECT trap()"]],
  [
    "a rule",
    [trap, "CREATE TABLE item (id int)", "CREATE RULE r AS ON INSERT TO item DO ALSO SELECT trap()"],
  ],
  [
    "a constraint and a generated column",
    [
      "CREATE FUNCTION quiet() RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'",
      "CREATE TABLE item (id int CHECK (quiet()), doubled boolean GENERATED ALWAYS AS (quiet()) STORED)",
    ],
  ],
  [
    "hostile names",
    [
      'CREATE TABLE "x""; DROP TABLE freehold.sys_migration; --" (id int)',
      'CREATE SCHEMA "a.b"',
      'CREATE TABLE "a.b"."c.d" (id int)',
    ],
  ],
  [
    "tables named like Freehold's",
    ["CREATE TABLE sys_migration (id int)", "CREATE TABLE sys_stamp (tenant_id text)"],
  ],
];

test.each(traps)("inspecting is not led astray by %s", async (_what, statements) => {
  const { driver, identity } = await owned(statements);
  const facts = await driver.inspectDatabase(identity);
  expect(facts.stamp.tenant).toBe(identity.tenant);
  expect(facts.tables.filter(({ system }) => system)).toEqual([
    { name: "sys_migration", rows: facts.schemaVersion, rowsAreExact: true, system: true },
    { name: "sys_package_installation", rows: 0, rowsAreExact: true, system: true },
    { name: "sys_stamp", rows: 1, rowsAreExact: true, system: true },
  ]);
  await driver.suspendDatabase(identity);
  await driver.inspectDatabase(identity);
  await driver.resumeDatabase(identity);
  const superusers = await postgres.ask("SELECT rolname FROM pg_roles WHERE rolsuper");
  expect(superusers).toEqual([{ rolname: "freehold" }]);
});

test("what the inspector may not read is listed without a number", async () => {
  const { driver, identity } = await owned([
    "CREATE TABLE hidden AS SELECT 1 AS id",
    "REVOKE ALL ON hidden FROM freehold_readonly",
    "CREATE TABLE policed AS SELECT 1 AS id",
    "ALTER TABLE policed ENABLE ROW LEVEL SECURITY",
    "CREATE TABLE plain AS SELECT 1 AS id",
  ]);
  const { tables } = await driver.inspectDatabase(identity);
  expect(tables.filter(({ system }) => !system)).toEqual([
    { name: "hidden", rows: 0, rowsAreExact: false, system: false },
    { name: "plain", rows: 1, rowsAreExact: true, system: false },
    { name: "policed", rows: 0, rowsAreExact: false, system: false },
  ]);
});

test("inspecting stops counting at 100,000 rows and listing at 200 tables", async () => {
  const { driver, identity, client } = await owned([
    "CREATE TABLE a_exact AS SELECT generate_series(1, 100000) AS id",
    "CREATE TABLE a_more AS SELECT generate_series(1, 100001) AS id",
    "CREATE TABLE a_split (id int) PARTITION BY RANGE (id)",
    "CREATE TABLE a_split_low PARTITION OF a_split FOR VALUES FROM (0) TO (10)",
    "INSERT INTO a_split SELECT generate_series(0, 9)",
  ]);
  const { tables } = await driver.inspectDatabase(identity);
  expect(tables.filter(({ system }) => !system).map(({ name }) => name)).toEqual([
    "a_exact",
    "a_more",
    "a_split",
  ]);
  expect(tables.find(({ name }) => name === "a_split")).toMatchObject({ rows: 10, rowsAreExact: true });
  for (const { rows, rowsAreExact } of tables)
    expect(rows === 100_000 || rowsAreExact || rows <= 1_000).toBe(true);
  await client.query(
    `DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE TABLE t%s (id int)', i); END LOOP; END $$`,
  );
  const many = await driver.inspectDatabase(identity);
  expect(many.tables).toHaveLength(200);
  expect(many.tablesAreComplete).toBe(false);
});

test("a table that is locked does not hold up an inspection", async () => {
  const { driver, identity, client } = await owned(["CREATE TABLE item (id int)"]);
  await client.query("BEGIN");
  await client.query("LOCK TABLE item IN ACCESS EXCLUSIVE MODE");
  const { tables } = await driver.inspectDatabase(identity);
  expect(tables.find(({ name }) => name === "item")).toMatchObject({ rows: 0, rowsAreExact: false });
  await client.close();
});

const forbidden: Record<string, string> = {
  "becoming another": "SET ROLE freehold",
  "becoming the superuser": "SET SESSION AUTHORIZATION freehold",
  "giving itself rights": "ALTER ROLE CURRENT_USER CREATEDB",
  "making a role": "CREATE ROLE other",
  "making a database": "CREATE DATABASE other",
  "joining a group": "GRANT pg_read_all_data TO CURRENT_USER",
  "an event trigger": "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION trigger_fn()",
  "a program": "COPY (SELECT 1) TO PROGRAM 'true'",
  "a file": "COPY (SELECT 1) TO '/tmp/freehold-hostile'",
  "reading a file": "SELECT pg_read_file('postgresql.conf')",
  "a foreign server": "CREATE EXTENSION postgres_fdw",
  "another database": "CREATE EXTENSION dblink",
  "a setting of the server": "ALTER SYSTEM SET log_statement = 'all'",
  "a setting of its database": "ALTER DATABASE current SET freehold.tenant = 'x'",
  "the stamp": "UPDATE freehold.sys_stamp SET tenant_id = gen_random_uuid()",
  "the system's schema": "DROP SCHEMA freehold CASCADE",
  "a table in the system's schema": "CREATE TABLE freehold.x (id int)",
  "who else is connected": "SELECT application_name FROM pg_stat_activity",
  "the functions of the system's schema":
    "CREATE OR REPLACE FUNCTION freehold.sessions() RETURNS int AS 'SELECT 1' LANGUAGE sql",
  "renaming the system's schema": "ALTER SCHEMA freehold RENAME TO other",
  "a neighbour's sessions":
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'freehold'",
  "time without end": "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'",
  "connections without end": "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1",
};

test.each(Object.entries(forbidden))("an owner is refused %s", async (_what, sql) => {
  const { identity, client } = await owned([]);
  const statement = sql.replace("DATABASE current", `DATABASE ${identity.databaseName}`);
  await expect(client.query(statement)).rejects.toThrow();
  await client.close();
});

test("a login without the right to write makes nothing that lasts", async () => {
  const { driver, identity } = await owned([]);
  const { client } = await issue(driver, identity, "readonly");
  for (const sql of [
    "CREATE TEMP TABLE t (id int)",
    "SELECT lo_create(0)",
    "SELECT lo_creat(-1)",
    "SELECT lo_from_bytea(0, 'x')",
    "CREATE SCHEMA s",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
  ])
    await expect(client.query(sql), sql).rejects.toMatchObject({ code: "42501" });
});

test("a login that changed its own password is ours again when it is installed again", async () => {
  const { driver, identity } = await owned([]);
  const { login, client } = await issue(driver, identity, "readwrite");
  await client.query("ALTER ROLE CURRENT_USER PASSWORD 'mine'");
  await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
  await driver.installLogin(identity, login);
  await driver.verifyLogin(identity, login);
  await client.close();
});

test("what a neighbour grants to a login does not keep it from being removed", async () => {
  const { driver, client: neighbour } = await owned(["CREATE TABLE item (id int)"]);
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const { login, client } = await issue(driver, identity, "admin");
  const role = roleOf(login.credentialId);
  await neighbour.query(`GRANT SELECT ON item TO ${role}`);
  await client.query("CREATE TABLE own (id int)");
  await client.query(`GRANT SELECT ON own TO ${role}`);
  await driver.revokeLogin(identity, login.credentialId);
  expect(await postgres.ask(`SELECT FROM pg_roles WHERE rolname = '${role}'`)).toEqual([]);
  const { login: second, client: next } = await issue(driver, identity, "readwrite");
  await neighbour.query(`GRANT SELECT ON item TO ${roleOf(second.credentialId)}`);
  await driver.dropDatabase(identity);
  expect(
    await postgres.ask(
      `SELECT FROM pg_roles WHERE rolname ~ '^cred_' AND rolname = '${roleOf(second.credentialId)}'`,
    ),
  ).toEqual([]);
  for (const one of [neighbour, next]) await one.close().catch(() => undefined);
});

test("an owner's settings for itself do not follow its neighbours", async () => {
  const { driver, client } = await owned(["ALTER ROLE CURRENT_USER SET statement_timeout = '1ms'"]);
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const { client: neighbour } = await issue(driver, identity, "admin");
  expect(await neighbour.query("SHOW statement_timeout")).toEqual([{ statement_timeout: "1h" }]);
  for (const one of [client, neighbour]) await one.close();
});

test("an owner's program that keeps a transaction open does not hold up the end of its database", async () => {
  const { driver, identity, client } = await owned([
    "CREATE TABLE item (id int)",
    "BEGIN",
    "LOCK TABLE item",
  ]);
  await driver.dropDatabase(identity);
  await expect(client.query("SELECT 1")).rejects.toThrow();
});

test("an owner whose pooler discards everything stays the owner", async () => {
  const { client } = await owned(["DISCARD ALL", "CREATE TABLE item (id int)"]);
  expect(await client.query("SELECT tableowner FROM pg_tables WHERE tablename = 'item'")).toEqual([
    { tableowner: "freehold_owner" },
  ]);
  await client.close();
});

test("an owner that steps out of its role makes nothing outside of it", async () => {
  const { client } = await owned(["SET ROLE NONE"]);
  await expect(client.query("CREATE TABLE public.item (id int)")).rejects.toMatchObject({ code: "42501" });
  await expect(client.query("CREATE SCHEMA s")).rejects.toMatchObject({ code: "42501" });
  await client.query("RESET ROLE");
  await client.query("CREATE TABLE item (id int)");
  await client.close();
});

test("the trap of an index over a function closes on a superuser, which is why none reads tables", async () => {
  const { identity, client } = await owned([
    "CREATE FUNCTION quiet(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'",
    "CREATE TABLE item (id int)",
    "CREATE INDEX ON item ((id > 0 AND quiet(1)))",
    `CREATE OR REPLACE FUNCTION quiet(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN RAISE EXCEPTION 'run as %', current_user; END $$`,
  ]);
  const counting = postgres.ask("SELECT count(*) FROM public.item", identity.databaseName);
  await expect(counting).rejects.toThrow("run as freehold");
  await client.close();
});
