import { createCaller, executing, openDataServer, type Door } from "./data-server-world";
import { judge, summarize, withScratchDirectory, type Result } from "./measure";

const goalMs = 100;
const statementMs = 3_000;
const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

/** A database next door runs a statement up to its limit of three seconds: what its neighbours notice. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const { create, close } = await openDataServer(directory);
    const slow = await create();
    const neighbours = [await create(), await create(), await create()];
    const caller = createCaller();
    const read = executing("SELECT tenant_id FROM sys_stamp");
    const visit = async (isOver: () => boolean, taken: number[]) => {
      for (let turn = 0; !isOver(); turn++) {
        const door = neighbours[turn % neighbours.length];
        if (door) taken.push(await timed(() => caller.call(door, read)));
      }
    };
    const alone: number[] = [];
    const beside: number[] = [];
    const ended: number[] = [];
    const until = performance.now() + 1_000;
    await visit(() => performance.now() > until, alone);
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      let isOver = false;
      const query = timed(() => endedByLimit(caller, slow)).finally(() => (isOver = true));
      await visit(() => isOver, beside);
      ended.push(await query);
    }
    caller.close();
    await close();
    const { p50, p95, n } = summarize(beside);
    const quiet = summarize(alone);
    const longest = Math.max(...ended);
    return judge({
      metric: "a neighbour's read while a statement runs to its limit, p95 (ms)",
      value: p95,
      limit: goalMs,
      holds: longest < statementMs * 1.5,
      conditions: {
        reads: n,
        p50,
        slowest: Math.max(...beside),
        alone_p50: quiet.p50,
        alone_p95: quiet.p95,
        statement_limit_ms: statementMs,
        ended_after_ms: longest,
      },
    });
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function endedByLimit(caller: ReturnType<typeof createCaller>, door: Door): Promise<void> {
  const outcome = await caller.call(door, executing(endless)).catch((error: unknown) => String(error));
  if (typeof outcome !== "string" || !outcome.includes("SQLITE_INTERRUPT"))
    throw new Error("A statement without end was not ended.");
}
