import { join } from "node:path";
import { z } from "zod";
import { startProgram } from "@/bench/child-program";
import { summarize, withScratchDirectory, type Result } from "@/bench/measure";

const goal = 2;
const rounds = 300;
const calls = 500;

const Samples = z.object({ ours: z.array(z.number()), peer: z.array(z.number()) });

/**
 * Tokens that were there before, one after the other. Ours looks at every hint of the request, has
 * verified the token, and knows the tenant's state; the peer takes a claim from a token that somebody
 * else decoded and verified, and gives the driver that is open for it.
 */
export async function run(): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const args = [join(directory, "peer"), String(rounds), String(calls)];
    const program = startProgram("bench/peers/route-child.ts", args);
    const samples = Samples.parse(await program.next());
    program.kill();
    const microseconds = (taken: number[]) => (summarize(taken).p50 / calls) * 1000;
    const [value, limit] = [microseconds(samples.ours), microseconds(samples.peer)];
    return {
      metric: "repeated token to tenant, against an unverified route of @objectstack, p50 (µs)",
      value,
      limit,
      ratio: value / limit,
      goal,
      pass: value / limit <= goal,
      conditions: {
        rounds,
        calls_per_sample: calls,
        distinct_tokens: 200,
        reference: "TenantContextService 4.1.0 with a decoded token, and a warm router of driver-turso 6.9.0",
      },
    };
  });
}
