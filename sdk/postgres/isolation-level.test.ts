import { expect, test } from "vitest";
import { releaseOf, withPool } from "@/server/testing/pools/pool";
import { reference, school } from "@/server/testing/pools/school.data";
import { addTwo } from "@/server/testing/pools/two-tenants";
import { withPostgres } from "@/server/testing/postgres";
import { withTenant, type TenantPool } from "./with-tenant";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));

const question =
  "SELECT current_setting('transaction_isolation') AS level, pg_backend_pid() AS pid, name FROM school.schools";

/** How libraries begin a transaction of a level. */
const beginnings = [
  ["BEGIN", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"],
  ["begin isolation level serializable"],
  [" start transaction isolation level serializable"],
  ["BEGIN", "set transaction read only", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"],
];

async function ask(tenant: TenantPool, beginning: string[], statement = question) {
  const connection = await tenant.connect();
  try {
    for (const sql of beginning) await connection.query(sql);
    return (await connection.query<{ level: string; pid: number; name: string }>(statement)).rows;
  } finally {
    await connection.query("ROLLBACK");
    connection.release();
  }
}

test.each(beginnings.map((beginning) => ({ beginning })))(
  "a transaction has the level that it was begun with, and its tenant: $beginning",
  async ({ beginning }) => {
    const { pool, a, b } = await addTwo(shared());
    const service = pool.service({ max: 1 });
    const seen = [];
    for (const { context } of [a, b, a]) {
      const rows = await withTenant(service, context, (tenant) => ask(tenant, beginning));
      expect(rows).toHaveLength(1);
      seen.push(...rows);
    }
    expect(seen.map(({ name }) => name)).toEqual(["Ann", "Bob", "Ann"]);
    expect(seen.every(({ level }) => level === "serializable")).toBe(true);
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(1);
  },
);

test("what only begins like a transaction changes no session for the next tenant", async () => {
  const { pool, a, b } = await addTwo(shared());
  const service = pool.service({ max: 1 });
  const changes = [
    "SET transaction_timeout = '1h'",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SET search_path = school",
    "BEGIN; SET search_path = school",
  ];
  const settings = `SELECT current_setting('transaction_timeout') AS timeout,
    current_setting('default_transaction_read_only') AS reading, current_setting('search_path') AS path`;
  const read = async () => (await withTenant(service, b.context, (tenant) => tenant.query(settings))).rows[0];
  const before = await read();
  for (const sql of changes) {
    await withTenant(service, a.context, (tenant) => tenant.query(sql)).catch(() => undefined);
    expect(await read()).toEqual(before);
  }
});

test("a transaction that is begun anew on a connection has its tenant again", async () => {
  const { pool, a } = await addTwo(shared());
  const seen = await withTenant(pool.service({ max: 1 }), a.context, async (tenant) => {
    const connection = await tenant.connect();
    const names: string[][] = [];
    for (const end of ["COMMIT", "ROLLBACK", "COMMIT"]) {
      await connection.query("BEGIN");
      await connection.query("SAVEPOINT here");
      for (const sql of [question, "ROLLBACK TO SAVEPOINT here", question]) {
        const { rows } = await connection.query<{ name: string }>(sql);
        names.push(rows.map(({ name }) => name));
      }
      await connection.query(end);
    }
    return names;
  });
  expect(seen).toEqual([1, 2, 3].flatMap(() => [["Ann"], [], ["Ann"]]));
});
