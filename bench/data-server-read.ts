import { startProgram } from "./child-program";
import { createCaller, Doors, executing, startBare } from "./data-server-world";
import { interleave, judge, of, withScratchDirectory, type Result } from "./measure";

const goal = 1.5;
const rows = 10_000;
const callsPerSample = 5;
const sql = "SELECT id, name, amount FROM item WHERE id = ?";

/** A point read through the data server, against node:http that runs the same statement in its own process. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 200 : 1_000;
  return withScratchDirectory(async (directory) => {
    const served = startProgram("bench/data-server-child.ts", [directory]);
    const [door] = Doors.parse(await served.next());
    if (!door) throw new Error("The data server made no database.");
    const caller = createCaller();
    await caller.call(
      door,
      executing("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, amount INTEGER)"),
    );
    await caller.call(
      door,
      executing(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
         INSERT INTO item SELECT i, 'item ' || i, i * 7 FROM n`,
      ),
    );
    const bare = await startBare(door, sql, false);
    const hop = await startBare(door, sql, true);
    let turn = 0;
    const read = (to: typeof door) => async () => {
      for (let call = 0; call < callsPerSample; call++) {
        turn = (turn + 7919) % rows;
        await caller.call(to, executing(sql, [{ type: "integer", value: String(turn + 1) }]));
      }
    };
    const measured = await interleave(
      [
        { name: "bare", run: read({ ...door, port: bare.port }) },
        { name: "hop", run: read({ ...door, port: hop.port }) },
        { name: "served", run: read(door) },
      ],
      { rounds, warmup: 100 },
    );
    caller.close();
    served.kill();
    bare.kill();
    hop.kill();
    const per = (name: string, value: "p50" | "p95") => of(measured, name)[value] / callsPerSample;
    const [value, limit] = [per("served", "p50"), per("bare", "p50")];
    return judge({
      metric: "point read over HTTP p50 (ms)",
      value,
      limit,
      goal,
      conditions: {
        rounds,
        calls_per_sample: callsPerSample,
        p95: per("served", "p95"),
        reference: "node:http running the same statement in its own process",
        reference_p95: per("bare", "p95"),
        with_empty_hop: { p50: per("hop", "p50"), ratio: per("hop", "p50") / limit },
      },
    });
  });
}
