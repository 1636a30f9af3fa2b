import { setTimeout as delay } from "node:timers/promises";
import { interleave, judge, of, withScratchDirectory, type Result } from "./measure";
import { provision, withServer } from "./postgres";

const goal = 0.35;
const warmup = 5;

/** A database with a login from those that were made in advance, against one that is made at once. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 30 : 100;
  return withScratchDirectory((directory) =>
    withServer(directory, async ({ admin, driver: open }) => {
      const ready = rounds + warmup + 1;
      const filling = open(ready);
      await provision(filling);
      const count = "SELECT FROM pg_database WHERE datname ~ '^warm_'";
      while ((await admin.query(count)).rows.length < ready) await delay(100);
      await filling.close();
      // One that keeps a single database ready makes none while there are more.
      const [warm, cold] = [open(1), open(0)];
      const measured = await interleave(
        [
          { name: "warm", run: () => provision(warm) },
          { name: "cold", run: () => provision(cold) },
        ],
        { rounds, warmup },
      );
      await Promise.all([warm.close(), cold.close()]);
      const [value, limit] = [of(measured, "warm"), of(measured, "cold")];
      return judge({
        metric: "provision from the warm pool p50 (ms)",
        value: value.p50,
        limit: limit.p50,
        goal,
        conditions: {
          rounds,
          p95: { value: value.p95, limit: limit.p95 },
          reference: "the same without a pool",
        },
      });
    }),
  );
}
