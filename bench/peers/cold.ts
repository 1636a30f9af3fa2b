import { basename, dirname, join } from "node:path";
import { createMultiTenantRouter } from "@objectstack/driver-turso";
import { z } from "zod";
import { startProgram } from "@/bench/child-program";
import { createCaller, Doors, executing, type Door } from "@/bench/data-server-world";
import { interleave, of, withScratchDirectory, type Result } from "@/bench/measure";

const goal = 0.7;
const rounds = 200;
const warmup = 20;
const sql = "SELECT tenant_id FROM sys_stamp WHERE id = ?";

/**
 * The first query on a file that nobody has open, asked over HTTP of another process: of the data
 * server, with its token and its limits, and of the peer's router behind node:http. Services may
 * not open files themselves, as "in_process" does with the router.
 */
export async function run(): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const served = startProgram("bench/data-server-child.ts", [directory, String(3 * (rounds + warmup))]);
    const doors = Doors.parse(await served.next());
    const files = dirname(doors[0]?.file ?? "");
    const peer = startProgram("bench/peers/cold-child.ts", [files, sql]);
    const { port } = z.object({ port: z.int() }).parse(await peer.next());
    const router = createMultiTenantRouter({ urlTemplate: `file:${join(files, "{tenant}.db")}` });
    const caller = createCaller();
    function next() {
      const door = doors.pop();
      if (!door) throw new Error("Every database has been opened.");
      return door;
    }
    const ask = async (to: Partial<Door>) =>
      void (await caller.call({ ...next(), ...to }, executing(sql, [{ type: "integer", value: "1" }])));
    async function askHere(): Promise<void> {
      const driver = await router.getDriverForTenant(basename(next().file, ".db"));
      await driver.execute(sql, [1]);
    }
    const times = await interleave(
      [
        { name: "ours", run: () => ask({}) },
        { name: "peer", run: () => ask({ port }) },
        { name: "in_process", run: askHere },
      ],
      { rounds, warmup },
    );
    await router.destroyAll();
    caller.close();
    served.kill();
    peer.kill();
    const [ours, limit] = [of(times, "ours"), of(times, "peer")];
    const ratio = ours.p50 / limit.p50;
    return {
      metric: "first query on a closed file over HTTP, against the router of @objectstack, p50 (ms)",
      value: ours.p50,
      limit: limit.p50,
      ratio,
      goal,
      pass: ratio <= goal,
      conditions: {
        rounds,
        p95: { value: ours.p95, limit: limit.p95 },
        in_process: of(times, "in_process").p50,
        reference: "createMultiTenantRouter of driver-turso 6.9.0 behind node:http",
      },
    };
  });
}
