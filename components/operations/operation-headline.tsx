"use client";

import type { ReactNode } from "react";
import { RunningDuration } from "@/components/ui/duration";
import { formatDuration } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { OperationStatusDot } from "./operation-status";
import { durationOf, type OperationDetail } from "./operation-steps";
import { successLine } from "./operation-words";

/** Where an unfinished or failed operation stands, and what happens next. */
export function OperationHeadline({ operation }: { operation: OperationDetail }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-table">
      <OperationStatusDot status={operation.status} />
      <span className="min-w-0 flex-1 basis-56 text-muted">
        <NextMove operation={operation} />
      </span>
    </div>
  );
}

function NextMove({ operation }: { operation: OperationDetail }): ReactNode {
  const now = useNow();
  const { status, nextAttemptAt, attempts } = operation;
  if (status === "succeeded") return `${successLine(operation)}.`;
  if (status === "failed") return failure(operation);
  if (status === "queued") return "Waiting for a worker. It starts by itself.";
  if (nextAttemptAt && nextAttemptAt.getTime() > now) {
    return (
      <>
        {`Attempt ${attempts} failed. The next one is due `}
        <Time value={nextAttemptAt} />.
      </>
    );
  }
  if (nextAttemptAt) return `Attempt ${attempts} failed. The next one is due now.`;
  if (status === "undoing") return "What was done is being taken back, the last step first.";
  const again = attempts > 1 ? `Attempt ${attempts}, since the first one ` : "For ";
  return (
    <>
      {again}
      <RunningDuration since={operation.startedAt ?? operation.createdAt} />
      {attempts > 1 && " ago"}
    </>
  );
}

function failure(operation: OperationDetail): string {
  const undone = operation.steps
    .filter((step) => step.status === "undone")
    .map((step) => step.title.toLowerCase());
  const took = durationOf(operation);
  const after = took === null ? "" : ` after ${formatDuration(took)}`;
  if (undone.length === 0) return `Ended${after}. What it had begun was taken back.`;
  return `Ended${after}. Taken back: ${undone.join(", ")}.`;
}
