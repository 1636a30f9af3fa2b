import { withTenant } from "@/sdk/postgres/with-tenant";
import { interleave, judge, of, type Result } from "./measure";
import { pair, withPoolWorld } from "./pool-world";
import { studentCases } from "./pool-cases";

const goal = 1.15;
const mostMs = 0.1;

/** What the policies cost by themselves: both connections are in a transaction, and have their context. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 100 : 500;
  const share = { tenants: 100, rows: quick ? 50_000 : 500_000 };
  return withPoolWorld(share, async (world) => {
    const tenant = world.tenants[42] ?? world.tenants[0];
    if (!tenant) throw new Error("The pool has no tenants.");
    const cases = await studentCases(world, tenant);
    const plain = await world.plain.connect();
    const measured = await withTenant(world.service, tenant, async (rows) => {
      const fenced = await rows.connect();
      for (const connection of [plain, fenced]) await connection.query("BEGIN");
      const found = [];
      for (const { name, sql, values } of cases) {
        const { open, fenced: text } = pair(world, sql, () => values);
        const limit = { name: `plain_${name}`, text: open, values: [...values, tenant.tenant] };
        const policy = { name: `fenced_${name}`, text, values };
        const times = await interleave(
          [
            { name: "limit", run: async () => void (await plain.query(limit)) },
            { name: "policy", run: async () => void (await fenced.query(policy)) },
          ],
          { rounds, warmup: 20 },
        );
        found.push({ name, value: of(times, "policy").p50, limit: of(times, "limit").p50 });
      }
      for (const connection of [plain, fenced]) await connection.query("ROLLBACK");
      fenced.release();
      return found;
    }).finally(() => plain.release());
    const [worst] = measured.toSorted((a, b) => b.value / b.limit - a.value / a.limit);
    if (!worst) throw new Error("There are no reads.");
    return judge({
      metric: `under policies p50, the worst of ${measured.length} reads (ms)`,
      value: worst.value,
      limit: worst.limit,
      goal,
      holds: measured.every(({ value, limit }) => value - limit <= mostMs),
      conditions: {
        ...share,
        rounds,
        goal_ms: mostMs,
        measured,
        reference: "the same with WHERE and no policies",
      },
    });
  });
}
