import { z } from "zod";
import { startProgram } from "./child-program";
import type { Result } from "./measure";
import { withPoolWorld, type PoolWorld } from "./pool-world";

const goal = 1.2;
const leastThroughput = 0.8;
const mostSwitchMs = 1;

const Summary = z.object({ p50: z.number(), p95: z.number() });
const Measured = z.object({
  pool: Summary,
  limit: Summary,
  switches: Summary,
  lanes: z.array(z.object({ lane: z.int(), per_second: z.object({ limit: z.number(), pool: z.number() }) })),
});

/**
 * A page for one tenant after the other, context included, against the same with WHERE and no
 * fences, in a program that runs the SDK as services do.
 */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 200 : 1_000;
  const share = { tenants: 100, rows: quick ? 50_000 : 500_000 };
  return withPoolWorld(share, async (world) => {
    const { pool, limit, switches, lanes: found } = await measureIn(world, rounds);
    const lanes = found.map(({ lane, per_second }) => {
      return { lane, per_second, gain: per_second.pool / per_second.limit };
    });
    const ratio = pool.p50 / limit.p50;
    return {
      metric: "page of 50 with its context p50 (ms)",
      value: pool.p50,
      limit: limit.p50,
      ratio,
      goal,
      pass:
        ratio <= goal && lanes.every(({ gain }) => gain >= leastThroughput) && switches.p95 < mostSwitchMs,
      conditions: {
        ...share,
        rounds,
        lanes,
        switch_ms: { ...switches, goal: mostSwitchMs },
        reference: "the same with WHERE and no policies",
      },
    };
  });
}

async function measureIn({ host, port, login, database, tenants }: PoolWorld, rounds: number) {
  const given = { place: { host, port, database }, login, tenants, rounds };
  const program = startProgram("bench/pool-context-child.ts", [JSON.stringify(given)], { plain: true });
  const measured = Measured.parse(await program.next());
  program.kill();
  return measured;
}
