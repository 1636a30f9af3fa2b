import { formatDuration } from "@/components/ui/format";
import type { Tone } from "@/components/ui/tone";
import type { OperationStatus } from "@/server/domain/operations/names";
import { durationOf, type OperationDetail } from "./operation-steps";

interface Look {
  tone: Tone;
  word: string;
  pulse?: true;
}

const looks: Record<OperationStatus, Look> = {
  queued: { tone: "amber", word: "Queued", pulse: true },
  running: { tone: "amber", word: "Running", pulse: true },
  undoing: { tone: "amber", word: "Undoing", pulse: true },
  succeeded: { tone: "green", word: "Succeeded" },
  failed: { tone: "red", word: "Failed" },
};

export function operationLook(status: OperationStatus): Look {
  return looks[status];
}

const participles: Record<string, string> = {
  "provision-environment": "Provisioned",
  "delete-environment": "Deleted",
  "issue-credential": "Credential issued",
  "rotate-credential": "Credential rotated",
  "retire-credential": "Credential ended",
  "install-package": "Installed",
  "apply-limits": "Limits applied",
  "send-invitation": "Sent",
  reconcile: "Compared",
  "open-cluster": "Tested and taken into use",
  "destroy-database": "Destroyed",
};

/** What was done, in a word, for sagas that have one: "Provisioned". */
export function participleOf(saga: string): string | null {
  return participles[saga] ?? null;
}

/** The line that stands for an operation that went well: "Provisioned in 48 ms". */
export function successLine(operation: OperationDetail): string {
  const took = durationOf(operation);
  const done = participles[operation.saga] ?? `${operation.title}: done`;
  return took === null ? done : `${done} in ${formatDuration(took)}`;
}

/** Where an operation is, as a screen reader is told. */
export function spokenState(operation: OperationDetail): string {
  const { title, status, subject } = operation;
  if (status === "succeeded") return `${successLine(operation)}: ${subject}`;
  if (status === "failed") return `${title} failed: ${operation.error ?? ""}`;
  if (status === "running" && operation.nextAttemptAt) return `${title} waits for its next attempt`;
  const step = operation.steps.find((one) => one.status === "running");
  return `${title}: ${step ? step.title : looks[status].word}`;
}
