import { interleave, judge, of, type Result } from "./measure";
import { listed, pair, withPoolWorld } from "./pool-world";

const goal = 1.1;
const mostMs = 50;
const values = "gen_random_uuid(), 'First', 'Last', 3, gen_random_uuid(), 'x@example.org', now()";

/** A row, durable, with its context, against the same without fences. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 150 : 600;
  const share = { tenants: 100, rows: quick ? 20_000 : 500_000 };
  return withPoolWorld(share, async (world) => {
    const [tenant] = world.tenants;
    if (!tenant) throw new Error("The pool has no tenants.");
    const { pooled } = pair(world, `INSERT INTO students (${listed}) VALUES (${values})`, () => []);
    const plain = `INSERT INTO plain.students (${listed}, tenant_id) VALUES (${values}, $1)`;
    const times = await interleave(
      [
        {
          name: "limit",
          run: async () =>
            void (await world.plain.query({ name: "insert", text: plain, values: [tenant.tenant] })),
        },
        { name: "pool", run: async () => void (await pooled(tenant)) },
      ],
      { rounds, warmup: 20 },
    );
    const [value, limit] = [of(times, "pool"), of(times, "limit")];
    return judge({
      metric: "durable insert p50 (ms)",
      value: value.p50,
      limit: limit.p50,
      goal,
      holds: value.p95 < mostMs,
      conditions: {
        ...share,
        rounds,
        p95: { value: value.p95, limit: limit.p95 },
        reference: "the same without policies",
      },
    });
  });
}
