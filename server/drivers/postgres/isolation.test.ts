import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newIdentity } from "@/server/drivers/driver.contract";
import { credentialScopes, type CredentialScope, type TenantDriver } from "@/server/drivers/driver";
import { databaseNameFor } from "@/server/kernel/database-name";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";
import { roleOf } from "./names";
import { scramVerifier } from "./scram";

const postgres = withPostgres();

async function twoTenants() {
  const driver = await postgres.driver();
  const [a, b] = [newIdentity(), newIdentity()];
  for (const identity of [a, b]) await driver.createDatabase(identity);
  return { driver, a, b };
}

async function issue(driver: TenantDriver, identity: ReturnType<typeof newIdentity>, scope: CredentialScope) {
  const request = { credentialId: newId(), audience: "direct" as const, scope, expiresAt: null };
  const login = { ...request, secret: await driver.mintSecret(identity, request) };
  await driver.installLogin(identity, login);
  return { login, open: () => connectPostgres(driver.address(identity, login.credentialId), login) };
}

test.each(credentialScopes)("a %s login connects to its database and to no other", async (scope) => {
  const { driver, a, b } = await twoTenants();
  const { login, open } = await issue(driver, a, scope);
  const client = await open();
  expect(await client.query("SELECT current_database()")).toEqual([{ current_database: a.databaseName }]);
  await client.close();
  const template = (await postgres.ask<{ datname: string }>("SELECT datname FROM pg_database")).find(
    ({ datname }) => datname.startsWith("freehold_template_"),
  );
  const others = { [b.databaseName]: "42501", postgres: "42501", template1: "42501", template0: "55000" };
  for (const [name, code] of Object.entries({ ...others, [template!.datname]: "55000" })) {
    const address = { ...driver.address(a, login.credentialId), url: `${postgres.publicUrl()}/${name}` };
    await expect(connectPostgres(address, login), name).rejects.toMatchObject({ code });
  }
});

test("a new database is closed to every role but its own logins", async () => {
  const { a } = await twoTenants();
  await postgres.ask("DROP ROLE IF EXISTS stranger");
  await postgres.ask("CREATE ROLE stranger LOGIN");
  const [row] = await postgres.ask(
    `SELECT has_database_privilege('stranger', '${a.databaseName}', 'CONNECT') AS connect,
       has_database_privilege('stranger', '${a.databaseName}', 'TEMPORARY') AS temporary`,
  );
  expect(row).toEqual({ connect: false, temporary: false });
});

test("what a tenant can read of the server names other tenants by ids alone", async () => {
  const { driver, a, b } = await twoTenants();
  await issue(driver, b, "readwrite");
  const neighbour = await (await issue(driver, b, "admin")).open();
  await neighbour.query("SELECT 'a secret of the neighbour'");
  const { open } = await issue(driver, a, "admin");
  const client = await open();
  const shared = await client.query(`
    SELECT datname::text AS text FROM pg_database
    UNION ALL SELECT rolname FROM pg_roles
    UNION ALL SELECT unnest(setconfig) FROM pg_db_role_setting
    UNION ALL SELECT description FROM pg_shdescription
    UNION ALL SELECT coalesce(query, '') || coalesce(application_name, '') FROM freehold.sessions()
      WHERE datname IS DISTINCT FROM current_database()
    UNION ALL SELECT datname FROM pg_stat_database WHERE datname IS NOT NULL`);
  const known = [
    /^(env|cred)_[0-9a-f]{32}$/,
    /^(postgres|template[01]|freehold(_[a-z]+(_[0-9a-f]{12})?)?|pg_[a-z_]+|stranger)$/,
    /^freehold\.(tenant=[0-9a-f-]{36}|stamped_at=[-0-9T:.Z]+)$/,
    /^(search_path=public|role=freehold_owner|(statement|lock|idle_in_transaction_session)_timeout=\w+)$/,
    /^(default template for new databases|unmodifiable empty database|default administrative connection database)$/,
  ];
  const strange = shared
    .map(({ text }) => String(text))
    .filter((text) => !known.some((one) => one.test(text)));
  expect(strange).toEqual([]);
  expect(await client.query("SELECT pid FROM freehold.sessions()")).toHaveLength(1);
  await expect(client.query("SELECT FROM pg_stat_activity")).rejects.toMatchObject({ code: "42501" });
  await expect(client.query("SELECT rolpassword FROM pg_authid")).rejects.toMatchObject({ code: "42501" });
  await client.close();
  await neighbour.close();
});

test("no statement carries a secret, and neither does the server's log", async () => {
  const { driver, a } = await twoTenants();
  const { login, open } = await issue(driver, a, "readwrite");
  await expect(driver.verifyLogin(a, { ...login, secret: new Secret("wrong-secret") })).rejects.toThrow();
  await expect((await open()).query("SELECT 1 / 0")).rejects.toThrow();
  const [stored] = await postgres.ask<{ rolpassword: string }>(
    `SELECT rolpassword FROM pg_authid WHERE rolname = '${roleOf(login.credentialId)}'`,
  );
  expect(stored?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  const logs = join(postgres.directory(), "data", "log");
  const text = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), "utf8"))
    .join("");
  expect(text).toContain("ready to accept connections");
  for (const secret of [login.secret.reveal(), "wrong-secret", stored!.rolpassword, "division by zero"])
    expect(text).not.toContain(secret);
});

test("two verifiers of one secret differ, and both are taken", async () => {
  const secret = new Secret("the-same");
  const [first, second] = [await scramVerifier(secret), await scramVerifier(secret)];
  expect(first).not.toBe(second);
});

test("names fit into an identifier of Postgres", () => {
  expect(databaseNameFor(newIdentity().tenant).length).toBeLessThan(63);
  expect(roleOf(newId()).length).toBeLessThan(63);
});

test("one login does not take the connections of the others", async () => {
  const { driver, a } = await twoTenants();
  const [greedy, modest] = [await issue(driver, a, "readwrite"), await issue(driver, a, "readwrite")];
  const opened = await Promise.allSettled(Array.from({ length: 30 }, greedy.open));
  const clients = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(clients).toHaveLength(20);
  const other = await modest.open();
  expect(await other.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await Promise.all([...clients, other].map((client) => client.close()));
});

test("one tenant's logins together leave connections to the neighbours", async () => {
  const { driver, a, b } = await twoTenants();
  const logins = [];
  for (let count = 0; count < 3; count++) logins.push(await issue(driver, a, "readonly"));
  const opened = await Promise.allSettled(logins.flatMap(({ open }) => Array.from({ length: 20 }, open)));
  const clients = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(clients).toHaveLength(50);
  const neighbour = await (await issue(driver, b, "readwrite")).open();
  await neighbour.close();
  expect((await driver.inspectDatabase(a)).stamp.tenant).toBe(a.tenant);
  await Promise.all(clients.map((client) => client.close()));
});

test("a login has limits of time and a search path of its own", async () => {
  const { driver, a } = await twoTenants();
  const client = await (await issue(driver, a, "readonly")).open();
  const settings = [
    "search_path",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
  ];
  const values = [];
  for (const setting of settings) values.push(Object.values((await client.query(`SHOW ${setting}`))[0]!)[0]);
  expect(values).toEqual(["public", "5min", "30s", "5min"]);
  await client.close();
});

test("a session of a revoked login ends while it runs a statement", async () => {
  const { driver, a } = await twoTenants();
  const { login, open } = await issue(driver, a, "readwrite");
  const client = await open();
  const busy = client.query("SELECT pg_sleep(60)").catch((error: unknown) => error);
  await driver.revokeLogin(a, login.credentialId);
  expect(await busy).toBeInstanceOf(Error);
  const role = roleOf(login.credentialId);
  expect(await postgres.ask(`SELECT FROM pg_roles WHERE rolname = '${role}'`)).toEqual([]);
  expect(
    await postgres.ask("SELECT FROM pg_stat_activity WHERE usesysid IS NOT NULL AND usename IS NULL"),
  ).toEqual([]);
});

test("a login that connects again and again does not outlive its end", async () => {
  const { driver, a } = await twoTenants();
  const { login, open } = await issue(driver, a, "readwrite");
  let isOver = false;
  const clients: Awaited<ReturnType<typeof open>>[] = [];
  const knock = async () => {
    while (!isOver)
      await open().then(
        (client) => clients.push(client),
        () => undefined,
      );
  };
  const knocking = [knock(), knock(), knock()];
  await expect.poll(() => clients.length).toBeGreaterThan(3);
  await driver.revokeLogin(a, login.credentialId);
  isOver = true;
  await Promise.all(knocking);
  const alive = await Promise.allSettled(clients.map((client) => client.query("SELECT 1")));
  expect(alive.filter(({ status }) => status === "fulfilled")).toEqual([]);
});

test("another scope takes the place of the first when a login is installed again", async () => {
  const { driver, a } = await twoTenants();
  const { login, open } = await issue(driver, a, "admin");
  await driver.installLogin(a, { ...login, scope: "readonly" });
  const client = await open();
  expect(await client.query("SELECT current_user AS name")).toEqual([{ name: roleOf(login.credentialId) }]);
  await expect(client.query("CREATE TABLE item (id int)")).rejects.toMatchObject({ code: "42501" });
  await expect(client.query("SET ROLE freehold_owner")).rejects.toMatchObject({ code: "42501" });
  await client.close();
});

test("a login of one database is neither installed in another nor revoked from it", async () => {
  const { driver, a, b } = await twoTenants();
  const { login } = await issue(driver, a, "readwrite");
  await expect(driver.installLogin(b, login)).rejects.toMatchObject({ code: "conflict" });
  await expect(driver.revokeLogin(b, login.credentialId)).rejects.toMatchObject({ code: "conflict" });
  await driver.verifyLogin(a, login);
});

test("logins need a database of the tenant's own", async () => {
  const { driver, a, b } = await twoTenants();
  const login = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "readonly",
    expiresAt: null,
    secret: new Secret("x"),
  } as const;
  const thief = { tenant: b.tenant, databaseName: a.databaseName };
  await expect(driver.installLogin(thief, login)).rejects.toMatchObject({ code: "precondition" });
  await expect(driver.installLogin(newIdentity(), login)).rejects.toThrow("The database is missing.");
  await expect(driver.suspendDatabase(thief)).rejects.toMatchObject({ code: "precondition" });
  await expect(driver.revokeLogin(thief, newId())).rejects.toMatchObject({ code: "precondition" });
  await expect(driver.listLogins(thief)).rejects.toMatchObject({ code: "precondition" });
  const invalid = { ...login, credentialId: 'x"; DROP ROLE freehold' };
  await expect(driver.installLogin(a, invalid)).rejects.toMatchObject({ code: "invalid" });
});
