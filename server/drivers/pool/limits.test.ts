import { expect, test } from "vitest";
import { issue, outcome, releaseOf, withPool } from "@/server/testing/pools/pool";
import { reference, school } from "@/server/testing/pools/school.data";
import { addTwo } from "@/server/testing/pools/two-tenants";
import { withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));

test("a sample counts every tenant's rows, and its share of the storage", async () => {
  const { pool, a, b, service } = await addTwo(shared());
  const many = "INSERT INTO school.events (day, what) SELECT '2026-05-05', 'x' FROM generate_series(1, 396)";
  expect(await outcome(service, a.context, many)).toBe("INSERT 396");
  const samples = await pool.driver.sampleTenants();
  const of = (tenant: string) => samples.find((sample) => sample.tenant === tenant);
  expect(of(a.tenant)).toMatchObject({ rows: 400, overLimit: false });
  expect(of(b.tenant)).toMatchObject({ rows: 4, overLimit: false });
  expect(of(a.tenant)!.storageBytes).toBeGreaterThan(of(b.tenant)!.storageBytes);
  expect((await pool.driver.verifyDatabase(a)).sizeBytes).toBe(of(a.tenant)!.storageBytes);
});

const limits = [
  { title: "rows", limits: { rows: 3, storageBytes: null } },
  { title: "storage", limits: { rows: null, storageBytes: 1 } },
];

test.each(limits)(
  "a tenant over its limit of $title reads and deletes, and writes nothing",
  async ({ limits }) => {
    const { pool, a, b, service } = await addTwo(shared());
    await pool.driver.setLimits(a, limits);
    await pool.driver.sampleTenants();
    const insert = "INSERT INTO school.schools (id, name) VALUES (gen_random_uuid(), 'x')";
    const update = "UPDATE school.schools SET name = 'x'";
    const direct = await issue(pool.driver, a, { scope: "readwrite", audience: "direct" });
    await pool.driver.verifyLogin(a, direct);
    for (const sql of [insert, update]) expect(await outcome(service, a.context, sql)).toBe("53400");
    expect(await outcome(service, a.context, "SELECT name FROM school.schools")).toEqual([{ name: "Ann" }]);
    expect(await outcome(service, b.context, insert)).toBe("INSERT 1");
    expect(await outcome(service, a.context, "DELETE FROM school.schools")).toBe("DELETE 1");
    expect(await outcome(service, a.context, "DELETE FROM school.events")).toBe("DELETE 1");
    await pool.driver.setLimits(a, { rows: null, storageBytes: null });
    expect(await outcome(service, a.context, insert)).toBe("INSERT 1");
  },
);

test("a tenant that leaves takes its rows and its logins, and nothing of the neighbour", async () => {
  const { pool, a, b, service } = await addTwo(shared());
  const self = "UPDATE school.schools SET parent_id = id";
  for (const { context } of [a, b]) expect(await outcome(service, context, self)).toBe("UPDATE 1");
  const direct = await issue(pool.driver, a, { scope: "readwrite", audience: "direct" });
  await pool.driver.dropDatabase(a);
  const left = await pool.ask<{ n: number }>(
    `SELECT count(*)::int AS n FROM school.students WHERE tenant_id = '${a.tenant}'
     UNION ALL SELECT count(*)::int FROM school.events WHERE tenant_id = '${a.tenant}'
     UNION ALL SELECT count(*)::int FROM app.tenant WHERE tenant_id = '${a.tenant}'
     UNION ALL SELECT count(*)::int FROM pg_roles WHERE rolname LIKE 'fht_${a.tenant.replaceAll("-", "")}%'`,
  );
  expect(left.map(({ n }) => n)).toEqual([0, 0, 0, 0]);
  await expect(pool.driver.verifyLogin(a, direct)).rejects.toMatchObject({ code: "precondition" });
  expect(await outcome(service, a.context, "SELECT name FROM school.schools")).toBe("42501");
  expect(await outcome(service, b.context, "SELECT last_name FROM school.students")).toEqual([
    { last_name: "Bob" },
  ]);
});

test("what an inspection tells of a tenant is its own", async () => {
  const { pool, a } = await addTwo(shared());
  const { tables } = await pool.driver.inspectDatabase(a);
  expect(tables.filter(({ system }) => !system).map(({ name, rows }) => ({ name, rows }))).toEqual(
    ["enrollments", "events", "schools", "students"].map((name) => ({ name: `school.${name}`, rows: 1 })),
  );
});

test.each(["readonly", "readwrite"] as const)(
  "a credential that is %s does what that says",
  async (scope) => {
    const { pool, a } = await addTwo(shared());
    const login = await issue(pool.driver, a, { scope, audience: "services" });
    const service = pool.service({ scope });
    const context = { tenant: a.tenant, credentialId: login.credentialId, secret: login.secret.reveal() };
    const done = scope === "readwrite";
    expect(await outcome(service, context, "SELECT name FROM school.schools")).toEqual([{ name: "Ann" }]);
    expect(await outcome(service, context, "UPDATE school.schools SET name = 'x'")).toBe(
      done ? "UPDATE 1" : "42501",
    );
    expect(await outcome(service, context, "DELETE FROM school.events")).toBe(done ? "DELETE 1" : "42501");
  },
);
