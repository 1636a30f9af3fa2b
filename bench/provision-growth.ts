import { openControlPlane } from "./control-plane";
import { durableCopies } from "./copy";
import { interleave, judge, of, throughput, withScratchDirectory, type Result } from "./measure";

const goal = 1.5;
const rounds = 200;

/**
 * An environment from the call to `active` while there are few, and again when there are ten
 * thousand. Both are told in copies, made in turns with them: the disk is not the same later.
 */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const existing = quick ? 1_000 : 10_000;
  return withScratchDirectory(async (directory) => {
    const plane = await openControlPlane();
    const limit = durableCopies(plane.databases, directory);
    const inTurns = async (warmup: number) => {
      const variants = [
        { name: "copy", run: limit.copy },
        { name: "provision", run: plane.provision },
      ];
      const measured = await interleave(variants, { rounds, warmup });
      return { copy: of(measured, "copy"), provision: of(measured, "provision") };
    };
    const few = await inTurns(100);
    await throughput(existing - (await plane.count("active")), 8, plane.provision);
    const many = await inTurns(20);
    const failures = existing + rounds + 20 - (await plane.count("active"));
    await plane.end();
    const value = many.provision.p50 / many.copy.p50;
    const before = few.provision.p50 / few.copy.p50;
    return judge({
      metric: "provision p50 among many, against few (in copies)",
      value,
      limit: before,
      goal,
      holds: failures === 0,
      conditions: {
        rounds,
        existing,
        failures,
        p50_ms: { few: few.provision.p50, many: many.provision.p50 },
      },
    });
  });
}
