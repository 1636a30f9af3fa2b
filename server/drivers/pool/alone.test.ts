import { expect, onTestFinished, test } from "vitest";
import { signProof } from "@/sdk/postgres/proof";
import { issue, makePool, outcome, releaseOf, type TestPool } from "@/server/testing/pools/pool";
import { ids, reference, school } from "@/server/testing/pools/school.data";
import { addTwo, session, soon } from "@/server/testing/pools/two-tenants";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();

async function scratch() {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(releaseOf(school, { reference }));
  return addTwo(pool);
}

/** From here on a context is taken on trust, as if nothing were signed. */
const trustContext = ({ ask }: TestPool) =>
  ask(`CREATE OR REPLACE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.current_tenant', true), '')::uuid $$`);

const names = "SELECT name FROM school.schools";

test("the policy alone, without signatures, shows each tenant its own", async () => {
  const { pool, a, b, service } = await scratch();
  await trustContext(pool);
  expect(await outcome(service, a.context, names)).toEqual([{ name: "Ann" }]);
  expect(await outcome(service, b.context, names)).toEqual([{ name: "Bob" }]);
});

test("the restrictive policy alone holds against one that lets everybody see everything", async () => {
  const { pool, a, service } = await scratch();
  await pool.ask("CREATE POLICY open ON school.schools USING (true) WITH CHECK (true)");
  expect(await outcome(service, a.context, names)).toEqual([{ name: "Ann" }]);
});

test("the signature alone, without policies, refuses whoever is not the tenant", async () => {
  const { pool, a, b } = await scratch();
  await pool.ask("ALTER TABLE school.schools DISABLE ROW LEVEL SECURITY");
  const { claim, pid } = await session(pool);
  const proof = signProof(a.context, { pid, expiresAt: soon() });
  expect(await claim(b.tenant, proof, "SELECT app.tenant()::text AS name")).toMatch(/^42501/);
  expect(await claim(a.tenant, proof, "SELECT app.tenant()::text AS name")).toBe(a.tenant);
  const insert = "INSERT INTO school.schools (id, name) VALUES (gen_random_uuid(), 'x') RETURNING name";
  expect(await claim(b.tenant, proof, insert)).toMatch(/^42501/);
});

test("the name of a login alone, without keys and signatures, binds it to its tenant", async () => {
  const { pool, a, b } = await scratch();
  const login = await issue(pool.driver, a, { scope: "readwrite", audience: "direct" });
  await pool.ask("DELETE FROM app.context_key; DELETE FROM app.pool_key");
  const client = await connectPostgres(pool.driver.address(a, login.credentialId), login);
  onTestFinished(() => client.close());
  await client.query(`SET app.current_tenant = '${b.tenant}'`);
  expect(await client.query(names)).toEqual([{ name: "Ann" }]);
});

test("the grants alone, without a check of what is written, keep rows with their tenant", async () => {
  const { pool, a, b, service } = await scratch();
  await pool.ask("ALTER POLICY tenant_fence ON school.schools USING (true) WITH CHECK (true)");
  const update = `UPDATE school.schools SET tenant_id = '${b.tenant}'`;
  expect(await outcome(service, a.context, update)).toBe("42501");
});

test("the keys alone, without policies, keep tenants' rows from pointing at each other", async () => {
  const { pool, a, b, service } = await scratch();
  const only = "33333333-0000-4000-8000-000000000001";
  await outcome(
    service,
    b.context,
    `INSERT INTO school.schools (id, name) VALUES ('${only}', 'Only of Bob')`,
  );
  await pool.ask(
    "ALTER TABLE school.schools DISABLE ROW LEVEL SECURITY; ALTER TABLE school.students DISABLE ROW LEVEL SECURITY",
  );
  const child = `INSERT INTO school.students (id, school_id, last_name) VALUES (gen_random_uuid(), '${only}', 'x')`;
  expect(await outcome(service, a.context, child)).toBe("23503");
  const same = `INSERT INTO school.schools (id, name) VALUES ('${only}', 'Only of Bob')`;
  expect(await outcome(service, a.context, same)).toBe("INSERT 1");
  await pool.ask(`DELETE FROM school.schools WHERE id = '${ids.school}' AND tenant_id = '${b.tenant}'`);
  const left = await pool.ask("SELECT last_name FROM school.students");
  expect(left).toEqual([{ last_name: "Ann" }]);
});

test("row level security alone, without any policy, shows nothing", async () => {
  const { pool, a, service } = await scratch();
  await pool.ask("DROP POLICY tenant_base ON school.schools; DROP POLICY tenant_fence ON school.schools");
  expect(await outcome(service, a.context, names)).toBe("SELECT 0");
});

test("FORCE alone holds the owner of the tables as well", async () => {
  const { pool } = await scratch();
  const seen = await pool.ask<{ n: number }>(
    `DO $$ BEGIN SET LOCAL ROLE ${pool.roles.owner}; IF EXISTS (SELECT FROM school.schools) THEN RAISE 'seen'; END IF; END $$`,
  );
  expect(seen).toEqual([]);
});
