import { startProgram } from "./child-program";
import { createCaller, Doors, executing, startBare, type Door } from "./data-server-world";
import { interleave, judge, of, withScratchDirectory, type Result } from "./measure";

const goal = 1.5;
const warmup = 20;
const sql = "SELECT tenant_id FROM sys_stamp WHERE id = ?";

/** The first query on a database that nobody has open, against node:http that opens a file like it and runs the same. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 100 : 400;
  return withScratchDirectory(async (directory) => {
    const served = startProgram("bench/data-server-child.ts", [directory, String(3 * (rounds + warmup) + 1)]);
    const doors = Doors.parse(await served.next());
    const [first] = doors;
    if (!first) throw new Error("The data server made no database.");
    const bare = await startBare(first, sql, false);
    const hop = await startBare(first, sql, true);
    const caller = createCaller();
    const ask = async (to: Partial<Door>) => {
      const door = doors.pop();
      if (!door) throw new Error("Every database has been opened.");
      await caller.call({ ...door, ...to }, executing(sql, [{ type: "integer", value: "1" }]));
    };
    const measured = await interleave(
      [
        { name: "bare", run: () => ask({ port: bare.port }) },
        { name: "hop", run: () => ask({ port: hop.port }) },
        { name: "served", run: () => ask({}) },
      ],
      { rounds, warmup },
    );
    caller.close();
    served.kill();
    bare.kill();
    hop.kill();
    const [value, limit] = [of(measured, "served"), of(measured, "bare")];
    return judge({
      metric: "first query on a closed database over HTTP p50 (ms)",
      value: value.p50,
      limit: limit.p50,
      goal,
      conditions: {
        rounds,
        with_empty_hop: { p50: of(measured, "hop").p50, ratio: of(measured, "hop").p50 / limit.p50 },
        p95: { value: value.p95, limit: limit.p95 },
        reference: "node:http opening a file and running the same statement in its own process",
      },
    });
  });
}
