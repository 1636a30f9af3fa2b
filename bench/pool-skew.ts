import { interleave, judge, of, type Result } from "./measure";
import { pair, withPoolWorld } from "./pool-world";

const goal = 1.3;

/** One tenant has four fifths of all rows, and the planner does not know who is asking. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 20 : 60;
  const share = { tenants: 100, rows: quick ? 100_000 : 500_000, first: 0.8 };
  return withPoolWorld(share, async (world) => {
    const [tenant] = world.tenants;
    if (!tenant) throw new Error("The pool has no tenants.");
    const { rows } = await world.admin.query<{ school: string }>(
      "SELECT school_id AS school FROM school.students WHERE tenant_id = $1 LIMIT 1",
      [tenant.tenant],
    );
    const cases = [
      { name: "aggregate", sql: "SELECT avg(grade) FROM students WHERE {tenant}", values: [] },
      {
        name: "groups",
        sql: "SELECT grade, count(*) FROM students WHERE {tenant} GROUP BY grade",
        values: [],
      },
      {
        name: "secondary index",
        sql: "SELECT id, last_name FROM students WHERE {tenant} AND school_id = $1",
        values: [rows[0]?.school],
      },
      {
        name: "prefix",
        sql: "SELECT id, email FROM students WHERE {tenant} AND starts_with(last_name, $1)",
        values: ["Last77"],
      },
      {
        name: "range",
        sql: "SELECT id, email FROM students WHERE {tenant} AND last_name >= $1 AND last_name < $2",
        values: ["Last77", "Last78"],
      },
    ];
    const measured = [];
    for (const { name, sql, values } of cases) {
      const { pooled, plain } = pair(world, sql, () => values);
      const times = await interleave(
        [
          { name: "limit", run: async () => void (await plain(tenant)) },
          { name: "pool", run: async () => void (await pooled(tenant)) },
        ],
        { rounds, warmup: 8 },
      );
      const [value, limit] = [of(times, "pool").p50, of(times, "limit").p50];
      measured.push({ name, value, limit, ratio: value / limit });
    }
    const worst = measured.toSorted((a, b) => b.ratio - a.ratio)[0] ?? { value: 0, limit: 1, ratio: 0 };
    return judge({
      metric: "the worst of the suite p50 (ms)",
      value: worst.value,
      limit: worst.limit,
      goal,
      conditions: { ...share, rounds, measured, reference: "the same with WHERE and no policies" },
    });
  });
}
