import { sagas, type SagaName } from "./catalog";
import type { Lease, OperationRow, StepRow } from "./journal";
import type { Saga, Step, StepContext } from "./saga";

/** A run of one operation under one lease. */
export interface Run {
  ctx: StepContext<SagaName>;
  saga: Saga;
  lease: Lease;
  row: OperationRow;
  steps: StepRow[];
}

const byName = (steps: Saga["steps"]) => steps as Record<string, Step<SagaName> | undefined>;

export function stepOf(run: Run, name: string): Step<SagaName> {
  const code = byName(run.saga.steps)[name];
  if (!code) throw new Error(`The saga ${run.saga.name} has no step ${name}.`);
  return code;
}

/** Once a pivot that works outside has begun, its effect may have happened, so it counts as passed. */
export function pivotPassed(run: Run): boolean {
  const steps: readonly { name: string; pivot?: true }[] = sagas[run.saga.name].steps;
  const row = run.steps[steps.findIndex((step) => step.pivot)];
  if (!row) return false;
  return row.status === "succeeded" || (stepOf(run, row.name).kind === "effect" && row.status !== "pending");
}
