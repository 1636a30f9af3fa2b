"use client";

import { useEffect, useRef } from "react";
import { LoadError } from "@/components/api/load-error";
import { announce } from "@/components/ui/announce";
import { Copyable } from "@/components/ui/copyable";
import { StepList } from "@/components/ui/step-list";
import { isUnfinished } from "@/server/domain/operations/names";
import { OperationHeadline } from "./operation-headline";
import { stepItems, type OperationDetail } from "./operation-steps";
import { spokenState, successLine } from "./operation-words";
import { RetryEnvironment } from "./retry-environment";
import { TimelineSkeleton } from "./timeline-skeleton";
import { useOperation } from "./use-operation";

export interface OperationTimelineProps {
  operationId: string;
  /** Gets the operation that a retry has ordered. */
  onRetried?: (operationId: string) => void;
  /** The page offers the retry of a failure itself. */
  withoutRetry?: boolean;
  /** On its own page it does not fold. */
  unfolded?: boolean;
}

/** The steps of one operation, live. Folds to a line once it has succeeded. */
export function OperationTimeline(props: OperationTimelineProps) {
  return <Timeline key={props.operationId} {...props} />;
}

function Timeline({ operationId, onRetried, withoutRetry, unfolded }: OperationTimelineProps) {
  const { operation, isGone, query } = useOperation(operationId);
  useSpoken(operation);
  if (!operation) return query.error ? <LoadError what="operation" query={query} /> : <TimelineSkeleton />;
  const label = `${operation.title}: ${operation.subject}`;
  if (operation.status === "succeeded" && !unfolded) {
    return <StepList label={label} steps={stepItems(operation)} summary={successLine(operation)} />;
  }
  if (isGone) {
    return (
      <p className="text-table text-muted">It has ended, together with the role that let you follow it.</p>
    );
  }
  const stuck = isStuck(operation);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <OperationHeadline operation={operation} />
      <StepList label={label} steps={stepItems(operation)} />
      {stuck && !unfolded && (
        <p className="flex min-w-0 items-center gap-1.5 text-xs text-faint">
          Request <Copyable always text={operation.requestId} label="Copy request id" />
        </p>
      )}
      {stuck && !withoutRetry && operation.environmentId && (
        <RetryEnvironment
          environmentId={operation.environmentId}
          operationId={operation.id}
          onRetried={onRetried}
        />
      )}
    </div>
  );
}

/** It ended in failure, or a step failed and the next attempt is still to come. */
function isStuck(operation: OperationDetail): boolean {
  const waits = operation.nextAttemptAt !== null && operation.steps.some((step) => step.status === "failed");
  return operation.status === "failed" || waits;
}

/** Tells each move once; what the page came with is not news. */
function useSpoken(operation: OperationDetail | undefined) {
  const spoken = operation ? spokenState(operation) : null;
  const said = useRef(spoken);
  const isMoving = operation ? isUnfinished(operation.status) : false;
  const wasMoving = useRef(isMoving);
  useEffect(() => {
    const isNews = said.current !== null && said.current !== spoken && (isMoving || wasMoving.current);
    said.current = spoken;
    wasMoving.current = isMoving;
    if (isNews && spoken) announce(spoken);
  }, [spoken, isMoving]);
}
