import type { PoolContext } from "@/sdk/postgres/proof";
import { interleave, judge, of, type Result, type Summary, type Variant } from "./measure";
import { studentCases } from "./pool-cases";
import { listed, pair, withPoolWorld, type PoolWorld } from "./pool-world";

const goal = 1.2;
const mostMsForAll = 50;
/** Tenants that are read by turns: as many in both, so that both keep as much in memory. */
const read = 20;

/** A tenant's reads in a pool of 5,000,000 rows and 1,000 tenants, against one of 500,000 and 100. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 100 : 400;
  const small = { tenants: 100, rows: quick ? 50_000 : 500_000 };
  const vast = { tenants: 1_000, rows: quick ? 500_000 : 5_000_000 };
  return withPoolWorld(small, (limit) =>
    withPoolWorld(vast, async (world) => {
      const [inVast, inSmall] = [await readsOf(world), await readsOf(limit)];
      const measured = [];
      for (const { name, pooled, plain } of inVast) {
        const other = inSmall.find((found) => found.name === name);
        if (!other) throw new Error(`The small pool has no ${name}.`);
        const variants: Variant[] = [
          { name: "limit", run: other.pooled },
          { name: "pool", run: pooled },
          { name: "open", run: plain },
        ];
        const few = name.startsWith("all") ? Math.ceil(rounds / 4) : rounds;
        measured.push(figures(name, await interleave(variants, { rounds: few, warmup: read * 2 })));
      }
      const worst = measured.toSorted((a, b) => b.ratio - a.ratio)[0] ?? raise();
      const slowest = Math.max(...measured.map(({ p95 }) => p95.value));
      return judge({
        metric: `the worst read in a vast pool, ${worst.name}, p50 (ms)`,
        value: worst.value,
        limit: worst.limit,
        goal,
        holds: slowest < mostMsForAll,
        conditions: {
          vast,
          small,
          rounds,
          tenants_read: read,
          goal_p95_ms: mostMsForAll,
          measured,
          reference: "the same in the small pool; of_open is against WHERE without policies in the vast one",
        },
      });
    }),
  );
}

function figures(name: string, times: ReadonlyMap<string, Summary>) {
  const [pool, limit, open] = [of(times, "pool"), of(times, "limit"), of(times, "open")];
  return {
    name,
    value: pool.p50,
    limit: limit.p50,
    ratio: pool.p50 / limit.p50,
    p95: { value: pool.p95, limit: limit.p95 },
    of_open: pool.p50 / open.p50,
  };
}

interface Read {
  name: string;
  pooled(): Promise<void>;
  plain(): Promise<void>;
}

/** Each read for one tenant after the other. */
async function readsOf(world: PoolWorld): Promise<Read[]> {
  const tenants = world.tenants.slice(0, read);
  const cases: Awaited<ReturnType<typeof studentCases>>[] = [];
  for (const tenant of tenants) cases.push(await studentCases(world, tenant));
  const all = { name: "all of 5,000", sql: `SELECT ${listed} FROM students WHERE {tenant}`, values: [] };
  return [...(cases[0] ?? []), all].map(({ name, sql }) => {
    const valuesOf = new Map<PoolContext, unknown[]>(
      tenants.map((tenant, at) => [tenant, cases[at]?.find((known) => known.name === name)?.values ?? []]),
    );
    const { pooled, plain } = pair(world, sql, (tenant) => valuesOf.get(tenant) ?? []);
    const turns = { pooled: 0, plain: 0 };
    const next = (which: keyof typeof turns) => tenants[turns[which]++ % read] ?? raise();
    return {
      name,
      pooled: async () => void (await pooled(next("pooled"))),
      plain: async () => void (await plain(next("plain"))),
    };
  });
}

function raise(): never {
  throw new Error("The pool has no tenants.");
}
