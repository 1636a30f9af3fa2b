import { readFileSync } from "node:fs";
import { z } from "zod";
import { startProgram } from "./child-program";
import { createCaller, Doors, executing } from "./data-server-world";
import { judge, summarize, withScratchDirectory, type Result } from "./measure";

const goalMb = 1_024;
const databases = 1_000;
const abreast = 4;

const Executors = z.array(z.object({ pid: z.int(), databases: z.int() }));

/** A thousand databases that are all open and in use, and what memory the server takes with its executors. */
export async function run(): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const program = startProgram("bench/data-server-child.ts", [directory, String(databases)]);
    const doors = Doors.parse(await program.next());
    const caller = createCaller();
    const visit = async (body: string) => {
      const taken: number[] = [];
      const waiting = [...doors];
      const lane = async () => {
        for (let door = waiting.pop(); door; door = waiting.pop()) {
          const started = performance.now();
          await caller.call(door, body);
          taken.push(performance.now() - started);
        }
      };
      await Promise.all(Array.from({ length: abreast }, lane));
      return summarize(taken);
    };
    const cold = await visit(executing("SELECT tenant_id FROM sys_stamp"));
    await visit(executing("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)"));
    await visit(executing("INSERT INTO item (name) VALUES ('a'), ('b'), ('c')"));
    const warm = await visit(executing("SELECT name FROM item WHERE id = 2"));
    program.nudge();
    const executors = Executors.parse(await program.next());
    const server = residentMb(program.pid);
    const value = executors.reduce((sum, { pid }) => sum + residentMb(pid), server);
    caller.close();
    program.kill();
    return judge({
      metric: "RSS of the server and all executors (MB)",
      value,
      limit: goalMb,
      conditions: {
        databases,
        open: executors.reduce((sum, { databases: open }) => sum + open, 0),
        executors: executors.length,
        server_mb: server,
        abreast,
        first_read_p50: cold.p50,
        first_read_p95: cold.p95,
        warm_read_p50: warm.p50,
        warm_read_p95: warm.p95,
      },
    });
  });
}

function residentMb(pid: number): number {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
