import { openControlPlane } from "./control-plane";
import { durableCopies } from "./copy";
import { interleave, judge, of, throughput, withScratchDirectory, type Result } from "./measure";
import { syncsPerProvision } from "./syncs";

const goal = 4;
const mostSyncs = 4;

/** An environment from the call to `active`, with audit and journal, against a bare durable copy of a file as large. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 100 : 400;
  const many = quick ? 100 : 1_000;
  return withScratchDirectory(async (directory) => {
    const plane = await openControlPlane();
    const limit = durableCopies(plane.databases, directory);
    const measured = await interleave(
      [
        { name: "copy", run: limit.copy },
        { name: "provision", run: plane.provision },
      ],
      { rounds, warmup: 100 },
    );
    const before = await plane.count("active");
    const perSecond = await throughput(many, 8, plane.provision);
    const missing = before + many - (await plane.count("active"));
    await plane.end();
    const syncs = await syncsPerProvision();
    const [copy, provision] = [of(measured, "copy"), of(measured, "provision")];
    // Files made in advance are synced some at a time, which falls on one side of the count or the other.
    return judge({
      metric: "provision p50 (ms)",
      value: provision.p50,
      limit: copy.p50,
      goal,
      holds: missing === 0 && (syncs === null || Math.round(syncs) <= mostSyncs),
      conditions: {
        rounds,
        bytes: limit.bytes,
        p95: { value: provision.p95, limit: copy.p95 },
        syncs_per_provision: syncs,
        syncs_goal: mostSyncs,
        at_8: { environments: many, per_second: perSecond, failures: missing },
        reference: "copy, sync file, sync directory, one after the other",
      },
    });
  });
}
