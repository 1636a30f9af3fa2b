import { databasePerTenant, headerFilter } from "@/sdk/resolution/presets";
import { judge, quantile, type Result } from "./measure";
import { hostOf, idOf, openResolution, requestWith, tenants } from "./resolution-world";

const mostMicroseconds = 50;

/** Every call timed alone, each for another tenant than the one before; the slower of the two counts. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const calls = quick ? 20_000 : 200_000;
  const byHeader = await openResolution(headerFilter);
  const byHost = await openResolution(databasePerTenant());
  const header = await time(calls, (turn) => byHeader.serve(requestWith({ "x-tenant-id": idOf(turn) })));
  const host = await time(calls, (turn) => byHost.serve(requestWith({ host: hostOf(turn) })));
  const value = Math.max(header.p99, host.p99);
  return judge({
    metric: "header or host to tenant p99 (µs)",
    value,
    limit: mostMicroseconds,
    conditions: { calls, tenants, header, host, reference: "50 µs" },
  });
}

async function time(calls: number, call: (turn: number) => Promise<unknown>) {
  const taken: number[] = [];
  for (let turn = -5_000; turn < calls; turn++) {
    const tenant = ((turn + 5_000) * 7_919) % tenants;
    const started = performance.now();
    await call(tenant);
    if (turn >= 0) taken.push((performance.now() - started) * 1000);
  }
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
}
