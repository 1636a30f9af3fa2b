import autocannon from "autocannon";
import { z } from "zod";
import { startProgram, type Program } from "./child-program";
import { judge, summarize, type Result } from "./measure";

const goal = 0.75;
const connections = 16;

const Door = z.object({ port: z.int(), authorization: z.string() });
const Spent = z.object({ cpuMicroseconds: z.number() });

interface Measured {
  program: Program;
  door: z.infer<typeof Door>;
  /** Requests per second of each turn. */
  rates: number[];
  /** Microseconds of the server's own work for a request, in each turn. */
  work: number[];
}

/**
 * A JSON endpoint that resolves a warm token, against bare node:http, each in a process of its own.
 * A second each by turns. What counts is the processor time that a request costs the server: the
 * rate over the wire is that of the client beside it, and of whatever else the machine does.
 */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 8 : 30;
  const programs = ["bare", "resolved"].map((kind) => startProgram("bench/endpoint-child.ts", [kind]));
  try {
    const [bare, resolved] = await Promise.all([prepare(programs[0]), prepare(programs[1])]);
    for (let round = -2; round < rounds; round++)
      for (const measured of round % 2 ? [bare, resolved] : [resolved, bare])
        await measure(measured, round >= 0);
    const perSecond = ({ work }: Measured) => 1_000_000 / summarize(work).p50;
    const [limit, value] = [perSecond(bare), perSecond(resolved)];
    const wire = { resolved: summarize(resolved.rates).p50, bare: summarize(bare.rates).p50 };
    return judge({
      metric: "requests of an authenticated JSON endpoint in a second of its server's work",
      value,
      limit,
      goal,
      moreIsBetter: true,
      conditions: {
        rounds,
        connections,
        per_second_with_the_client_beside_it: wire,
        reference: "bare node:http with the same answer",
      },
    });
  } finally {
    for (const program of programs) program.kill();
  }
}

async function prepare(program: Program | undefined): Promise<Measured> {
  if (!program) throw new Error("No program was started.");
  return { program, door: Door.parse(await program.next()), rates: [], work: [] };
}

async function measure({ program, door, rates, work }: Measured, isKept: boolean): Promise<void> {
  const before = await spent(program);
  const { total, duration } = await load(door);
  const used = (await spent(program)) - before;
  if (!isKept) return;
  rates.push(total / duration);
  work.push(used / total);
}

async function spent(program: Program): Promise<number> {
  program.nudge();
  return Spent.parse(await program.next()).cpuMicroseconds;
}

/** A second at full speed; every answer must be a 200. */
async function load({
  port,
  authorization,
}: z.infer<typeof Door>): Promise<{ total: number; duration: number }> {
  const url = `http://127.0.0.1:${port}/`;
  const result = await autocannon({ url, connections, duration: 1, headers: { authorization } });
  if (result.non2xx + result.errors > 0) throw new Error(`${url} refused requests.`);
  return { total: result.requests.total, duration: result.duration };
}
