import { expect, test } from "vitest";
import { signProof } from "@/sdk/postgres/proof";
import { contextOf, issue, outcome, releaseOf, withPool } from "@/server/testing/pools/pool";
import { withPostgres } from "@/server/testing/postgres";
import { addTwo, session, soon } from "@/server/testing/pools/two-tenants";
import { forgeries } from "@/server/testing/pools/forgeries.data";
import { reference, school } from "@/server/testing/pools/school.data";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));
const twoTenants = () => addTwo(shared());
const refused = "42501 tenant context refused";

test.each(forgeries)(
  "$title is refused with the one sentence, and shows nothing",
  async ({ tenant, proof, sql }) => {
    const { pool, a, b } = await twoTenants();
    const { claim, pid } = await session(pool);
    const answer = await claim(tenant?.(a, b) ?? a.tenant, proof(a, b, pid), sql?.(b));
    // A context that changes inside a statement comes too late, or is refused.
    if (sql) expect([refused, ""]).toContain(answer);
    else expect(answer).toBe(refused);
    expect(await claim(a.tenant, signProof(a.context, { pid, expiresAt: soon() }))).toBe("Ann");
  },
);

test("a key for reading does not work where rows are written", async () => {
  const { pool, a } = await twoTenants();
  const login = await issue(pool.driver, a, { scope: "readonly", audience: "services" });
  const context = contextOf(a.tenant, login);
  const writer = await session(pool, "readwrite");
  expect(await writer.claim(a.tenant, signProof(context, { pid: writer.pid, expiresAt: soon() }))).toBe(
    refused,
  );
  const reader = await session(pool, "readonly");
  expect(await reader.claim(a.tenant, signProof(context, { pid: reader.pid, expiresAt: soon() }))).toBe(
    "Ann",
  );
  expect(
    await reader.claim(
      a.tenant,
      signProof(a.context, { pid: reader.pid, expiresAt: soon() }),
      "DELETE FROM school.schools",
    ),
  ).toMatch(/^42501 permission denied/);
});

test("a rotation has two keys that work, and a revocation is at once", async () => {
  const { pool, a, service } = await twoTenants();
  const next = await issue(pool.driver, a, { scope: "readwrite", audience: "services" });
  const names = [{ name: "Ann" }];
  const sql = "SELECT name FROM school.schools";
  expect(await outcome(service, a.context, sql)).toEqual(names);
  expect(await outcome(service, contextOf(a.tenant, next), sql)).toEqual(names);
  await pool.driver.revokeLogin(a, a.login.credentialId);
  expect(await outcome(service, a.context, sql)).toBe("42501");
  expect(await outcome(service, contextOf(a.tenant, next), sql)).toEqual(names);
  await pool.driver.suspendDatabase(a);
  expect(await outcome(service, contextOf(a.tenant, next), sql)).toBe("42501");
  await pool.driver.resumeDatabase(a);
  expect(await outcome(service, contextOf(a.tenant, next), sql)).toEqual(names);
});
