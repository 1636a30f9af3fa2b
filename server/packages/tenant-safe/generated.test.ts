import fc from "fast-check";
import { expect, test } from "vitest";
import { makePool, outcome, releaseOf } from "@/server/testing/pools/pool";
import { withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();

const type = fc.constantFrom(
  "integer",
  "text",
  "uuid",
  "date",
  "numeric(9, 2)",
  "boolean",
  "jsonb",
  "text[]",
);
const name = fc.constantFrom("a", "b", "c", "Odd Name", "order", "x(y", 'qu"ote', "tenant", "é");
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const column = fc.record({ name, type, unique: fc.boolean(), index: fc.boolean(), check: fc.boolean() });
const table = fc.record({
  columns: fc.uniqueArray(column, { selector: (one) => one.name, maxLength: 4 }),
  hasCreatedAt: fc.boolean(),
  /** Points at the table so many places before it; 0: at itself. */
  points: fc.option(fc.nat(2)),
  onDelete: fc.constantFrom("cascade", "set null", "restrict", "no action"),
  hasView: fc.boolean(),
});
const migrations = fc.array(fc.array(table, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

/** SQL as a team would write it that has never heard of tenants. */
function write(generated: typeof migrations extends fc.Arbitrary<infer T> ? T : never): string[] {
  let made = 0;
  return generated.map((tables) => {
    const statements = tables.flatMap((one) => {
      const at = made++;
      const comparable = (kind: string) => kind !== "jsonb";
      const columns = one.columns.map((each) =>
        [
          quoted(each.name),
          each.type,
          each.unique && comparable(each.type) ? "unique" : "",
          each.check ? `check (${quoted(each.name)} is null or true)` : "",
        ].join(" "),
      );
      const target = one.points === null ? null : Math.max(0, at - one.points);
      const all = [
        "id integer primary key",
        ...columns,
        ...(one.hasCreatedAt ? ["created_at timestamptz not null default now()"] : []),
        ...(target === null ? [] : [`pointer integer references t${target} (id) on delete ${one.onDelete}`]),
      ];
      return [
        `create table t${at} (${all.join(", ")})`,
        ...one.columns
          .filter(({ index }) => index)
          .map((each) =>
            each.type === "jsonb"
              ? `create index on t${at} using gin (${quoted(each.name)})`
              : `create index on t${at} (${quoted(each.name)} desc)`,
          ),
        ...(one.hasView ? [`create view v${at} as select * from t${at}`] : []),
      ];
    });
    return statements.join(";\n");
  });
}

test("whatever tables a package has, two tenants fill them alike and see their own", async () => {
  const property = fc.asyncProperty(migrations, async (generated) => {
    const pool = await makePool(postgres);
    const texts = write(generated);
    const tenants = [await pool.tenant(), await pool.tenant()];
    const service = pool.service({ max: 2 });
    for (const count of texts.keys()) {
      const release = releaseOf(texts.slice(0, count + 1), { schema: "g" });
      await pool.driver.installRelease(release);
      const tables = await pool.ask<{ path: string; id: number }>(
        "SELECT c.oid::regclass::text AS path, c.oid::int AS id FROM pg_class c WHERE relnamespace = 'g'::regnamespace AND relkind = 'r' ORDER BY c.oid",
      );
      for (const { path } of tables)
        for (const { context } of tenants) {
          const insert = `INSERT INTO ${path} (id) VALUES (${count}) ON CONFLICT DO NOTHING`;
          expect(await outcome(service, context, insert), insert).toBe("INSERT 1");
          const total = await outcome(service, context, `SELECT count(*)::int AS n FROM ${path}`);
          expect(total).toMatchObject([{ n: expect.any(Number) }]);
        }
    }
    expect(await pool.driver.findUnsafe()).toEqual([]);
    expect(await pool.driver.installRelease(releaseOf(texts, { schema: "g" }))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 6, endOnFailure: true });
}, 240_000);
