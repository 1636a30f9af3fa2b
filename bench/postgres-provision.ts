import {
  interleave,
  judge,
  of,
  summarize,
  throughput,
  withScratchDirectory,
  type Result,
  type Variant,
} from "./measure";
import { provision, withServer } from "./postgres";

const goal = 1.3;
const turns = 5;
const goals = { growth: 1.3, throughput: 1.3, p95: 4 };

/** A database with a login, against the bare copy of the same template; alone, four at once, and among many. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 30 : 100;
  const existing = quick ? 200 : 1_000;
  return withScratchDirectory((directory) =>
    withServer(directory, async ({ admin, driver: open, template }) => {
      const driver = open(0);
      await provision(driver);
      const name = await template();
      let copies = 0;
      const variants: Variant[] = [
        {
          name: "copy",
          run: async () =>
            void (await admin.query(`CREATE DATABASE copy_${copies++} TEMPLATE ${name} STRATEGY wal_log`)),
        },
        { name: "provision", run: () => provision(driver) },
      ];
      const few = await interleave(variants, { rounds, warmup: 5 });
      const lanes = await measureLanes(rounds, () => provision(driver));
      const present = rounds * 4 + 11;
      await throughput(Math.max(0, existing - present), 4, () => provision(driver));
      const many = await interleave(variants, { rounds, warmup: 5 });
      await driver.close();
      const [copy, whole] = [of(few, "copy"), of(few, "provision")];
      const ratio = whole.p50 / copy.p50;
      const growth = of(many, "provision").p50 / of(many, "copy").p50 / ratio;
      return judge({
        metric: "provision p50 (ms)",
        value: whole.p50,
        limit: copy.p50,
        goal,
        holds:
          growth <= goals.growth &&
          lanes.gain >= goals.throughput &&
          lanes.four.p95 <= goals.p95 * lanes.four.p50,
        conditions: {
          rounds,
          p95: { value: whole.p95, limit: copy.p95 },
          goals,
          at_4: lanes,
          existing: Math.max(existing, present),
          growth_in_copies: growth,
          p50_among_existing: { value: of(many, "provision").p50, limit: of(many, "copy").p50 },
          reference: "CREATE DATABASE of the same template with the strategy wal_log",
        },
      });
    }),
  );
}

/** Provisions one after the other and four at once, by turns. */
async function measureLanes(count: number, run: () => Promise<void>) {
  const taken: number[] = [];
  const timed = async () => {
    const started = performance.now();
    await run();
    taken.push(performance.now() - started);
  };
  const [one, four]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    one.push(await throughput(count / turns, 1, run));
    four.push(await throughput(count / turns, 4, timed));
  }
  const perSecond = { one: summarize(one).p50, four: summarize(four).p50 };
  return { per_second: perSecond, gain: perSecond.four / perSecond.one, four: summarize(taken) };
}
