import { failpoint } from "@/server/kernel/failpoint";
import { isDomainError } from "@/server/kernel/errors";
import type { WorkContext } from "@/server/kernel/context";
import { systemActor } from "@/server/kernel/context";
import { logger } from "@/server/kernel/logger";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { isSagaName, sagas, type SagaName } from "./catalog";
import {
  LeaseLost,
  loadOperation,
  postpone,
  renewLease,
  requireLease,
  succeed,
  writeOperation,
  writeSteps,
  type Lease,
  type Loaded,
  type StepRow,
} from "./journal";
import { announce } from "@/server/kernel/announce";
import type { Saga, Step, StepContext, StepOutcome } from "./saga";
import { pivotPassed, stepOf, type Run } from "./run-state";
import { takeBackLate } from "./take-back-late";
import { undoOperation } from "./undo";

/** Two minutes and a half, in which a database server or a key service that was restarted is back. */
const attemptsBeforeUndo = 8;

/** Runs the operation as far as it goes: to its end, to a later retry, or until the lease is lost. */
export async function runOperation(
  base: Pick<WorkContext, "db" | "drivers">,
  registry: ReadonlyMap<string, Saga>,
  lease: Lease,
  known?: Loaded,
): Promise<void> {
  const loaded = known ?? (await loadOperation(base.db, lease));
  if (!loaded) return;
  const { row, steps } = loaded;
  const saga = registry.get(row.saga);
  if (!saga || !isSagaName(row.saga)) {
    await postpone(base.db, lease, 60_000, `This version does not know the saga ${row.saga}.`);
    return;
  }
  const input = sagas[row.saga].input.safeParse(row.input);
  if (!input.success) {
    await postpone(base.db, lease, 60_000, `This version cannot read the input of the saga ${row.saga}.`);
    return;
  }
  const ctx: StepContext<SagaName> = {
    ...base,
    actor: systemActor,
    door: "worker",
    ip: null,
    idempotencyKey: null,
    requestId: row.requestId,
    operationId: row.id,
    requireLease: () => requireLease(base.db, lease),
    input: input.data,
    results: new Map(
      steps.filter((step) => step.status === "succeeded").map((step) => [step.name, step.result]),
    ),
  };
  const run: Run = { ctx, saga, lease, row, steps };
  try {
    await (row.status === "undoing" ? undoOperation(run, reasonOf(run)) : forward(run));
  } catch (error) {
    if (error instanceof LeaseLost) await takeBackLate(run);
    else await setBackSafely(run, error);
  } finally {
    announce(row.id);
  }
}

async function forward(run: Run): Promise<void> {
  const deferred: StepRow[] = [];
  for (const step of run.steps) {
    if (step.status === "succeeded") continue;
    const code = stepOf(run, step.name);
    const last = step.position === run.steps.length - 1;
    step.startedAt = new Date();
    step.status = "running";
    step.error = null;
    failpoint(`saga.${run.row.saga}.${step.name}.before`);
    try {
      if (code.kind === "commit") await commitStep(run, step, code, { deferred, last });
      else await effectStep(run, step, code, { deferred, last });
    } catch (error) {
      throw error instanceof LeaseLost ? error : new StepFailed(step, error);
    }
    failpoint(`saga.${run.row.saga}.${step.name}.after`);
  }
}

interface Place {
  /** Finished cheap steps whose journal entry goes with the next commit. */
  deferred: StepRow[];
  last: boolean;
}

async function effectStep(
  run: Run,
  step: StepRow,
  code: Step<SagaName> & { kind: "effect" },
  place: Place,
): Promise<void> {
  const cheap = typeof code.cheap === "function" ? code.cheap(run.ctx) : code.cheap === true;
  if (!cheap) {
    await withTransaction(run.ctx.db, (tx) => journal(run, tx, [...place.deferred.splice(0), step], false));
    announce(run.row.id);
  }
  finish(run, step, await code.run(run.ctx));
  failpoint(`saga.${run.row.saga}.${step.name}.done`);
  if (cheap && !place.last) {
    place.deferred.push(step);
    return;
  }
  await withTransaction(run.ctx.db, (tx) =>
    journal(run, tx, [...place.deferred.splice(0), step], place.last),
  );
  announce(run.row.id);
}

async function commitStep(
  run: Run,
  step: StepRow,
  code: Step<SagaName> & { kind: "commit" },
  place: Place,
): Promise<void> {
  const work = async (tx: Tx) => {
    // The fence comes first: with a lost lease nothing of this transaction may happen.
    await (place.last ? succeed : renewLease)(tx, run.lease);
    finish(run, step, await code.run(run.ctx, tx));
    await writeSteps(tx, written(run, [...place.deferred, step], place.last));
  };
  // When a power cut takes back the last commit, the next lease makes it again.
  await withTransaction(run.ctx.db, work, place.last ? "repeatable" : "synced");
  place.deferred.length = 0;
  announce(run.row.id);
}

/** The steps to write; at the end without the results that the saga forgets, those written before included. */
function written(run: Run, steps: StepRow[], last: boolean): StepRow[] {
  const { forget = [] } = run.saga;
  if (!last || forget.length === 0) return steps;
  const forgotten = run.steps.filter((step) => forget.some((name) => name === step.name));
  for (const step of forgotten) step.result = null;
  return [...new Set([...steps, ...forgotten])];
}

async function journal(run: Run, tx: Tx, steps: StepRow[], last: boolean): Promise<void> {
  await (last ? succeed : renewLease)(tx, run.lease);
  await writeSteps(tx, steps);
}

function finish(run: Run, step: StepRow, outcome: StepOutcome | void): void {
  step.status = "succeeded";
  step.finishedAt = new Date();
  step.detail = outcome?.detail ?? null;
  step.result = outcome?.result ?? null;
  run.ctx.results = new Map(run.ctx.results).set(step.name, step.result);
}

class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly step: StepRow;

  constructor(step: StepRow, cause: unknown) {
    super(describe(cause), { cause });
    this.step = step;
  }
}

/** What a person may read. An unexpected error is logged whole and told in general words. */
function describe(error: unknown): string {
  return isDomainError(error)
    ? error.message
    : "An unexpected error. The server's log has it under the request id.";
}

/** Why an operation is being undone; its own error may tell of an undo that failed since. */
const reasonOf = ({ row, steps }: Run) =>
  steps.find((step) => step.status === "failed")?.error ?? row.error ?? "";

async function setBack(run: Run, error: unknown): Promise<void> {
  const { ctx, row, lease } = run;
  const cause = error instanceof StepFailed ? error.cause : error;
  logger.error(
    { err: cause, operation: row.id, saga: row.saga, request: row.requestId },
    "operation set back",
  );
  const message = describe(cause);
  if (error instanceof StepFailed) {
    const { step } = error;
    Object.assign(step, { status: "failed", error: message, finishedAt: new Date() });
    // The cheap steps before it too: what is not journalled would not be undone after a crash.
    const begun = run.steps.filter((one) => one.status !== "pending");
    await withTransaction(ctx.db, async (tx) => {
      await writeOperation(tx, lease, { error: message });
      await writeSteps(tx, begun);
    });
  }
  const hopeless = isDomainError(cause) || row.attempts >= attemptsBeforeUndo;
  if (hopeless && error instanceof StepFailed && !pivotPassed(run)) await undoOperation(run, message);
  else await postpone(ctx.db, lease, backoff(row.attempts), message);
}

async function setBackSafely(run: Run, error: unknown): Promise<void> {
  try {
    await setBack(run, error);
  } catch (second) {
    if (second instanceof LeaseLost) return takeBackLate(run);
    logger.error({ err: second, operation: run.row.id }, "undo failed");
    await postpone(run.ctx.db, run.lease, backoff(run.row.attempts), describe(second));
  }
}

/** 0.25 s, then three times as long each time, at most a minute. */
const backoff = (attempts: number) => Math.min(60_000, 250 * 3 ** (Math.max(1, Math.min(attempts, 10)) - 1));
