import { withTenant } from "@/sdk/postgres/with-tenant";
import { interleave, judge, of, summarize, throughput, type Result, type Variant } from "./measure";
import { pair, withPoolWorld } from "./pool-world";

const goal = 1.2;
const leastThroughput = 0.8;
const mostSwitchMs = 1;
const bursts = 7;
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
    // Connections are opened, and plans and proofs made, before anything is timed; as with one at a time.
    for (const { run: warm } of both) await throughput(rounds, 8, warm);
    const lanes = [];
    for (const lane of [8, 32]) lanes.push({ lane, ...(await compare(rounds, lane, both)) });
    const whose = { name: "whose", text: "SELECT app.tenant()" };
    const ask = async () => void (await withTenant(world.service, next(), (rows) => rows.query(whose)));
    const switches = of(await interleave([{ name: "switch", run: ask }], { rounds, warmup: 50 }), "switch");
    const [value, limit] = [of(times, "pool").p50, of(times, "limit").p50];
    return judge({
      metric: "page of 50 with its context p50 (ms)",
      value,
      limit,
      goal,
      holds: lanes.every(({ gain }) => gain >= leastThroughput) && switches.p95 < mostSwitchMs,
      conditions: {
        ...share,
        rounds,
        lanes,
        switch_ms: { p50: switches.p50, p95: switches.p95, goal: mostSwitchMs },
        reference: "the same with WHERE and no policies",
      },
    });
  });
}

/** By turns, in short bursts: a slow moment of the machine hits both. */
async function compare(rounds: number, lane: number, [limit, pool]: readonly [Variant, Variant]) {
  const taken: { limit: number; pool: number }[] = [];
  for (let burst = 0; burst < bursts; burst++)
    taken.push({
      limit: await throughput(rounds, lane, limit.run),
      pool: await throughput(rounds, lane, pool.run),
    });
  const middle = (which: "limit" | "pool") => summarize(taken.map((burst) => burst[which])).p50;
  const per_second = { pool: middle("pool"), limit: middle("limit") };
  return { per_second, gain: per_second.pool / per_second.limit };
}

function raise(): never {
  throw new Error("The pool has no tenants.");
}
