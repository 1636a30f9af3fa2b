import type { ApiOutputs } from "@/components/api/outputs";
import type { StepItem, StepState } from "@/components/ui/step-list";
import { isUnfinished } from "@/server/domain/operations/names";

export type OperationDetail = ApiOutputs["operations"]["get"];
type Step = OperationDetail["steps"][number];

const states: Record<Step["status"], StepState> = {
  pending: "pending",
  running: "running",
  succeeded: "done",
  failed: "failed",
  undone: "undone",
};

/** The steps of an operation as the list draws them. */
export function stepItems(operation: OperationDetail): StepItem[] {
  const next = atWork(operation) ? nextStep(operation.steps) : null;
  return operation.steps.map((step, index) => ({
    id: step.name,
    name: step.title,
    state: step === next ? "running" : stateOf(step, operation),
    startedAt: step.startedAt ?? operation.steps[index - 1]?.finishedAt ?? operation.startedAt,
    durationMs:
      step.startedAt && step.finishedAt ? step.finishedAt.getTime() - step.startedAt.getTime() : null,
    detail: step.detail,
    error: step.error,
  }));
}

/** What waits to be tried again, and since when a worker has had it. */
function atWork(operation: OperationDetail): boolean {
  return operation.status === "running" && operation.nextAttemptAt === null;
}

/** A quick step is recorded when it is done, so the first one that is not is where the work is. */
function nextStep(steps: Step[]): Step | null {
  const first = steps.find((step) => step.status !== "succeeded");
  return first?.status === "pending" ? first : null;
}

function stateOf(step: Step, operation: OperationDetail): StepState {
  const neverRan = step.status === "pending" && !isUnfinished(operation.status);
  return neverRan ? "skipped" : states[step.status];
}

/** How long it took, from its first attempt to its end; null while it has none. */
export function durationOf(operation: Pick<OperationDetail, "startedAt" | "finishedAt">): number | null {
  const { startedAt, finishedAt } = operation;
  return startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null;
}
