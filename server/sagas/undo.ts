import { failpoint } from "@/server/kernel/failpoint";
import { withTransaction } from "@/server/db/transaction";
import { announce } from "@/server/kernel/announce";
import { renewLease, writeOperation, writeSteps } from "./journal";
import { stepOf, type Run } from "./run-state";

/**
 * Takes back what was done, in reverse, the failed step included: it may have half
 * happened. Each undone step is journalled, so a crash in between goes on from there.
 */
export async function undoOperation(run: Run, reason: string): Promise<void> {
  await writeOperation(run.ctx.db, run.lease, { status: "undoing", error: reason });
  announce(run.row.id);
  for (const step of run.steps.toReversed()) {
    if (step.status === "pending" || step.status === "undone") continue;
    const code = stepOf(run, step.name);
    failpoint(`saga.${run.row.saga}.${step.name}.undo`);
    if (code.kind === "effect") await code.undo?.(run.ctx);
    failpoint(`saga.${run.row.saga}.${step.name}.undone`);
    // The failed step keeps its mark and its message; the others say that they were taken back.
    if (step.status !== "failed") step.status = "undone";
    step.result = null;
    await withTransaction(run.ctx.db, async (tx) => {
      await renewLease(tx, run.lease);
      await writeSteps(tx, [step]);
    });
  }
  await withTransaction(run.ctx.db, async (tx) => {
    await writeOperation(tx, run.lease, { status: "failed", error: reason, finishedAt: new Date() });
    await run.saga.failed?.(run.ctx, tx, reason);
  });
}
