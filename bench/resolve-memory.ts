import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";
import { ControlPlaneStore } from "@/sdk/stores/control-plane-store";
import { startProgram } from "./child-program";
import { idOf, tenants } from "./resolution-world";
import { judge, type Result } from "./measure";

const mostMiB = 100;
const smallBound = 20_000;
const atOnce = 200;
const key = "fhs_benchmark";

/** A service that knows 100,000 tenants, and one that may keep a fifth of them. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const program = startProgram("bench/catalog-child.ts", []);
  const { url } = z.object({ url: z.string() }).parse(await program.next());
  try {
    const before = usedMiB();
    const all = new ControlPlaneStore({ url, key, tenants });
    await learn(
      all,
      Array.from({ length: tenants }, (_, turn) => turn),
    );
    const value = usedMiB() - before;
    const known = all.figures().tenants;
    await all.close();
    const bounded = new ControlPlaneStore({ url, key, tenants: smallBound });
    const requests = quick ? 100_000 : 400_000;
    await learn(bounded, skewed(requests));
    const { asked, tenants: kept } = bounded.figures();
    await bounded.close();
    return judge({
      metric: "memory of 100,000 known tenants (MiB)",
      value,
      limit: mostMiB,
      holds: known === tenants && kept <= smallBound,
      conditions: {
        known,
        bytes_per_tenant: (value * 1024 * 1024) / known,
        bounded: { bound: smallBound, kept, requests, hit_rate: 1 - asked / requests },
        reference: "100 MiB; hits of a Zipf distribution over 100,000 tenants with a fifth of them kept",
      },
    });
  } finally {
    program.kill();
  }
}

async function learn(store: ControlPlaneStore, turns: readonly number[]): Promise<void> {
  // What was asked for before the feed was live is asked for once more.
  await store.find({ by: "name", value: "nobody" });
  while (store.figures().feed !== "live") await new Promise((resolve) => setTimeout(resolve, 10));
  for (let at = 0; at < turns.length; at += atOnce)
    await Promise.all(
      turns.slice(at, at + atOnce).map((turn) => store.find({ by: "id", value: idOf(turn) })),
    );
}

/** Tenants by their rank: the second is asked for half as often as the first, the third a third as often. */
function skewed(count: number): number[] {
  const weights = new Float64Array(tenants);
  let sum = 0;
  for (let rank = 0; rank < tenants; rank++) weights[rank] = sum += 1 / (rank + 1);
  let seed = 42;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, () => firstAtLeast(weights, random() * sum));
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is alive after a collection, outside of the heap as well. */
function usedMiB(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  for (let turn = 0; turn < 3; turn++) if (typeof collect === "function") collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}
