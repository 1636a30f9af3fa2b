import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { startProgram } from "./child-program";
import { startFreehold } from "./freehold-program";
import { judge, type Result } from "./measure";

const mostMs = 1_000;
const perSecond = 100;
const processes = 2;

const Told = z.object({
  requests: z.number(),
  successes: z.number(),
  lastSuccess: z.number(),
  firstRefusal: z.number(),
  refusals: z.record(z.string(), z.number()),
});

/** A tenant is suspended while two processes serve it at 200 requests a second together. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 1 : 5;
  const latest: number[] = [];
  const refusals: Record<string, number> = {};
  let requests = 0;
  for (let round = 0; round < rounds; round++) {
    const { program, url, key, tenants } = await startFreehold(1);
    const args = [url, key, tenants[0] ?? "", String(perSecond)];
    const services = Array.from({ length: processes }, () => startProgram("bench/use-tenant-child.ts", args));
    try {
      for (const service of services) await service.next();
      await delay(2_000);
      program.nudge();
      const { suspendedAt } = z.object({ suspendedAt: z.number() }).parse(await program.next());
      await delay(2_000);
      for (const service of services) {
        service.nudge();
        const told = Told.parse(await service.next());
        latest.push(told.lastSuccess - suspendedAt);
        requests += told.requests;
        add(refusals, told.refusals);
      }
    } finally {
      for (const service of services) service.kill();
      program.kill();
    }
  }
  const value = Math.max(0, ...latest);
  return judge({
    metric: "latest success after the answer to suspend (ms)",
    value,
    limit: mostMs,
    conditions: {
      rounds,
      processes,
      per_second: perSecond * processes,
      latest,
      requests,
      refusals,
      reference: "1 s; negative: the last success came before the answer",
    },
  });
}

function add(sums: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
}
