import { interleave, of, throughput, type Result } from "./measure";
import { pair, withPoolWorld } from "./pool-world";

const goal = 1.2;
const leastThroughput = 0.8;
const page =
  "SELECT id, last_name FROM students WHERE {tenant} AND created_at < $1 ORDER BY created_at DESC LIMIT 50";

/** A page for one tenant after the other, context included, against the same with WHERE and no fences. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 200 : 1_000;
  const share = { tenants: 100, rows: quick ? 50_000 : 500_000 };
  return withPoolWorld(share, async (world) => {
    let turn = 0;
    const { pooled, plain } = pair(world, page, () => [new Date("2100-01-01")]);
    const next = () => world.tenants[turn++ % world.tenants.length] ?? raise();
    const both = [
      { name: "limit", run: async () => void (await plain(next())) },
      { name: "pool", run: async () => void (await pooled(next())) },
    ] as const;
    const times = await interleave(both, { rounds, warmup: 50 });
    const lanes = [];
    for (const lane of [8, 32]) {
      const limit = await throughput(rounds, lane, both[0].run);
      const pool = await throughput(rounds, lane, both[1].run);
      lanes.push({ lane, per_second: { pool, limit }, gain: pool / limit });
    }
    const [value, limit] = [of(times, "pool").p50, of(times, "limit").p50];
    return {
      metric: "page of 50 with its context p50 (ms)",
      value,
      limit,
      ratio: value / limit,
      goal,
      pass: value / limit <= goal && lanes.every(({ gain }) => gain >= leastThroughput),
      conditions: { ...share, rounds, lanes, reference: "the same with WHERE and no policies" },
    };
  });
}

function raise(): never {
  throw new Error("The pool has no tenants.");
}
