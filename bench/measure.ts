import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join, resolve } from "node:path";

/** What a benchmark says of itself; printed as one line of JSON. */
export interface Result {
  /** What `value` and `limit` are, with their unit. */
  metric: string;
  /** The thing measured. */
  value: number;
  /** What bounds it, or what it is compared with, measured in the same run. */
  limit: number;
  /** `value / limit`. */
  ratio: number;
  /** The ratio to reach. */
  goal: number;
  pass: boolean;
  conditions: Record<string, unknown>;
}

interface Measured extends Omit<Result, "goal" | "pass" | "ratio"> {
  /** 1 unless given. */
  goal?: number;
  /** The goal is the least ratio and not the most. */
  moreIsBetter?: true;
  /** Whether all else holds that a pass asks for. */
  holds?: boolean;
}

export function judge({ goal = 1, moreIsBetter, holds = true, ...measured }: Measured): Result {
  const { metric, value, limit, conditions } = measured;
  const ratio = value / limit;
  const isReached = moreIsBetter ? ratio >= goal : ratio <= goal;
  return { metric, value, limit, ratio, goal, pass: isReached && holds, conditions };
}

export interface Variant {
  name: string;
  run(): void | Promise<void>;
}

export interface Summary {
  n: number;
  p50: number;
  p95: number;
}

/** The value below which the fraction `p` of the samples lies, linear between neighbours. */
export function quantile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export function summarize(samples: readonly number[]): Summary {
  return { n: samples.length, p50: quantile(samples, 0.5), p95: quantile(samples, 0.95) };
}

/**
 * Runs the variants by turns in one process, another one first in each round, so that
 * a slow moment of the machine hits all of them. Gives milliseconds, by name of variant.
 */
export async function interleave(
  variants: readonly Variant[],
  { rounds, warmup }: { rounds: number; warmup: number },
): Promise<Map<string, Summary>> {
  const samples = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = -warmup; round < rounds; round++) {
    for (const offset of variants.keys()) {
      const variant = variants[(offset + round + warmup) % variants.length];
      if (!variant) continue;
      const started = performance.now();
      await variant.run();
      if (round >= 0) samples.get(variant.name)?.push(performance.now() - started);
    }
  }
  return new Map([...samples].map(([name, taken]) => [name, summarize(taken)]));
}

/** The summary of one variant; throws when there is none. */
export function of(summaries: ReadonlyMap<string, Summary>, name: string): Summary {
  const summary = summaries.get(name);
  if (!summary) throw new Error(`Nothing was measured for ${name}.`);
  return summary;
}

/** Runs `count` times with `concurrency` under way at once; gives runs per second. */
export async function throughput(
  count: number,
  concurrency: number,
  run: () => void | Promise<void>,
): Promise<number> {
  let begun = 0;
  const started = performance.now();
  const lane = async () => {
    while (begun < count) {
      begun += 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (count / (performance.now() - started)) * 1000;
}

/** A directory for the time of `use`, on the disk that the repository is on: elsewhere syncing may cost nothing. */
export async function withScratchDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const parent = resolve(".cache/bench");
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, "run-"));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A replacer for JSON.stringify: three decimals are enough to read. */
export function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
}

export function machine() {
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: availableParallelism(),
    load: loadavg()[0],
  };
}
