import { expect, onTestFinished, test } from "vitest";
import { issue, makePool, outcome, releaseOf, withPool } from "@/server/testing/pools/pool";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";
import { signProof } from "@/sdk/postgres/proof";
import { addTwo, session, soon } from "@/server/testing/pools/two-tenants";
import { forbidden, writesAt } from "@/server/testing/pools/fences.data";
import { reference, school } from "@/server/testing/pools/school.data";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));
const twoTenants = () => addTwo(shared());

const tables = ["schools", "students", "enrollments", "events", "honor_roll"];
const key: Record<string, string> = {
  enrollments: "course",
  events: "what",
  schools: "name",
  students: "last_name",
  honor_roll: "last_name",
};

test.each(tables)("%s shows, changes and removes the rows of one tenant alone", async (table) => {
  const { service, a, b, pool } = await twoTenants();
  const column = key[table] ?? "";
  const path = `school.${table}`;
  const verbs: [string, unknown][] = [
    [`SELECT ${column} AS name FROM ${path}`, [{ name: "Ann" }]],
    [`SELECT ${column} AS name FROM ${path} WHERE ${column} = 'Bob'`, "SELECT 0"],
    [`UPDATE ${path} SET ${column} = 'Cat' WHERE ${column} = 'Bob'`, "UPDATE 0"],
    [`DELETE FROM ${path} WHERE ${column} = 'Bob'`, "DELETE 0"],
    [`UPDATE ${path} SET ${column} = 'Cat'`, "UPDATE 1"],
    [`UPDATE ${path} SET ${column} = 'Dan' RETURNING ${column} AS name`, [{ name: "Dan" }]],
    [`DELETE FROM ${path} RETURNING ${column} AS name`, [{ name: "Dan" }]],
    [`DELETE FROM ${path}`, "DELETE 0"],
  ];
  for (const [sql, expected] of verbs) expect(await outcome(service, a.context, sql), sql).toEqual(expected);
  expect(await outcome(service, b.context, `SELECT ${column} AS name FROM ${path}`)).toEqual([
    { name: "Bob" },
  ]);
  expect(await outcome(service, a.context, `CREATE TABLE school.x (LIKE ${path})`)).toBe("42501");
  expect(await pool.driver.findUnsafe()).toEqual([]);
});

test("no way of writing reaches the neighbour", async () => {
  const { service, a, b } = await twoTenants();
  for (const [sql, expected] of writesAt(b.tenant))
    expect(await outcome(service, a.context, sql), sql).toEqual(expected);
  expect(await outcome(service, b.context, "SELECT name FROM school.schools")).toEqual([{ name: "Bob" }]);
});

test("a neighbour's row, value or parent is as if it were not there", async () => {
  const { service, a, b } = await twoTenants();
  const own = "33333333-0000-4000-8000-000000000001";
  await outcome(service, b.context, `INSERT INTO school.schools (id, name) VALUES ('${own}', 'Only of Bob')`);
  const child = (parent: string) =>
    outcome(
      service,
      a.context,
      `INSERT INTO school.students (id, school_id, last_name) VALUES (gen_random_uuid(), '${parent}', 'x')`,
    );
  expect(await child(own)).toBe("23503");
  expect(await child("44444444-0000-4000-8000-000000000001")).toBe("23503");
  expect(
    await outcome(
      service,
      a.context,
      "INSERT INTO school.schools (id, name) VALUES (gen_random_uuid(), 'Only of Bob')",
    ),
  ).toBe("INSERT 1");
  expect(
    await outcome(service, a.context, `INSERT INTO school.schools (id, name) VALUES ('${own}', 'Mine')`),
  ).toBe("INSERT 1");
  expect(await outcome(service, b.context, "DELETE FROM school.schools")).toBe("DELETE 2");
  expect(await outcome(service, a.context, "SELECT last_name FROM school.students")).toEqual([
    { last_name: "Ann" },
  ]);
});

test("without a context there are no rows, and none are made", async () => {
  const { pool } = await twoTenants();
  const { client } = await session(pool);
  for (const value of [null, ""]) {
    if (value !== null) await client.query("SET app.current_tenant = ''");
    expect((await client.query("SELECT FROM school.schools")).rowCount).toBe(0);
    expect((await client.query("UPDATE school.schools SET name = 'x'")).rowCount).toBe(0);
    expect((await client.query("DELETE FROM school.schools")).rowCount).toBe(0);
    const insert = client.query("INSERT INTO school.schools (id, name) VALUES (gen_random_uuid(), 'x')");
    await expect(insert).rejects.toMatchObject({ code: "42501", message: "tenant context refused" });
  }
});

test("a login of a tenant stays inside, whatever it sets", async () => {
  const { pool, a, b } = await twoTenants();
  const login = await issue(pool.driver, a, { scope: "readwrite", audience: "direct" });
  const client = await connectPostgres(pool.driver.address(a, login.credentialId), login);
  onTestFinished(() => client.close());
  const proof = signProof(b.context, {
    pid: Number((await client.query("SELECT pg_backend_pid() AS p"))[0]?.["p"]),
    expiresAt: soon(),
  });
  await client.query(`SET app.current_tenant = '${b.tenant}'`);
  await client.query(`SET app.tenant_proof = '${proof}'`);
  expect(await client.query("SELECT name FROM school.schools")).toEqual([{ name: "Ann" }]);
  for (const role of Object.values(pool.roles))
    for (const sql of [`SET ROLE ${role}`, `SET SESSION AUTHORIZATION ${role}`])
      await expect(client.query(sql), sql).rejects.toMatchObject({ code: "42501" });
});

test.each(forbidden)("neither a service nor a login of a tenant may: %s", async (sql) => {
  const { pool, a } = await twoTenants();
  const login = await issue(pool.driver, a, { scope: "readwrite", audience: "direct" });
  const direct = await connectPostgres(pool.driver.address(a, login.credentialId), login);
  onTestFinished(() => direct.close());
  const { client } = await session(pool);
  for (const query of [() => direct.query(sql), () => client.query(sql)])
    await expect(query()).rejects.toMatchObject({ code: "42501" });
});

test("statistics and lists tell a login nothing of the rows and names of others", async () => {
  const { pool, a, b } = await twoTenants();
  await pool.ask("ANALYZE");
  const login = await issue(pool.driver, a, { scope: "readonly", audience: "direct" });
  const direct = await connectPostgres(pool.driver.address(a, login.credentialId), login);
  onTestFinished(() => direct.close());
  const seen = JSON.stringify([
    await direct.query("SELECT * FROM pg_stats WHERE schemaname = 'school'"),
    await direct.query("SELECT datname FROM pg_database"),
    await direct.query("SELECT setconfig::text FROM pg_db_role_setting"),
    await direct.query("SELECT description FROM pg_shdescription"),
    await direct.query("SELECT * FROM freehold.sys_stamp"),
  ]);
  expect(seen).toContain(a.tenant);
  expect(seen).not.toMatch(/Bob|one@example/);
  expect(seen).not.toContain(b.tenant);
});

test("a login of one pool enters no other database", async () => {
  const { pool, a } = await twoTenants();
  const other = await makePool(postgres);
  const login = await issue(pool.driver, a, { scope: "readwrite", audience: "direct" });
  const address = pool.driver.address(a, login.credentialId);
  for (const name of [other.databaseName, "postgres", "template1"])
    await expect(
      connectPostgres({ ...address, url: `${postgres.publicUrl()}/${name}` }, login),
      name,
    ).rejects.toMatchObject({ code: "42501" });
  await other.driver.createDatabase(a);
  await expect(other.driver.verifyLogin(a, a.login)).rejects.toMatchObject({ code: "precondition" });
});

test("a table that somebody makes by hand is closed", async () => {
  const { pool, a, service } = await twoTenants();
  await pool.ask(
    "CREATE TABLE school.by_hand (id integer PRIMARY KEY); INSERT INTO school.by_hand VALUES (1)",
  );
  expect(await outcome(service, a.context, "SELECT * FROM school.by_hand")).toBe("42501");
  await pool.ask(`GRANT SELECT ON school.by_hand TO PUBLIC`);
  expect(await outcome(service, a.context, "SELECT * FROM school.by_hand")).toBe("SELECT 0");
});
