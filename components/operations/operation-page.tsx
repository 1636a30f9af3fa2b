"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { LoadError } from "@/components/api/load-error";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList } from "@/components/ui/description-list";
import { Duration } from "@/components/ui/duration";
import { Facts } from "@/components/ui/facts";
import { Panel } from "@/components/ui/panel";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { OperationSkeleton } from "./operation-skeleton";
import { OperationStatusDot } from "./operation-status";
import { durationOf, type OperationDetail } from "./operation-steps";
import { OperationTimeline } from "./operation-timeline";

/** One operation: what it does to what, who ordered it, and how far it is. */
export function OperationPage({ operationId }: { operationId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useQuery(trpc.operations.get.queryOptions({ operation: operationId }));
  const operation = query.data;
  if (!operation) return query.error ? <LoadError what="operation" query={query} /> : <OperationSkeleton />;
  return (
    <Page
      title={operation.title}
      width="prose"
      badges={
        <span className="text-table">
          <OperationStatusDot status={operation.status} />
        </span>
      }
      facts={<OperationFacts operation={operation} />}
    >
      <Panel title="Steps">
        <OperationTimeline
          unfolded
          operationId={operationId}
          onRetried={(next) => next !== operationId && router.push(paths.operation(next))}
        />
      </Panel>
      <OperationRecord operation={operation} />
    </Page>
  );
}

function OperationFacts({ operation }: { operation: OperationDetail }) {
  const { place, subject } = operation;
  const took = durationOf(operation);
  return (
    <Facts
      items={[
        {
          term: "Subject",
          value: place ? (
            <TextLink href={paths.environment(place.organization, place.environment)}>
              <bdi>{subject}</bdi>
            </TextLink>
          ) : (
            <bdi>{subject}</bdi>
          ),
        },
        { term: "Ordered by", value: <bdi className="truncate">{operation.actor}</bdi> },
        { term: "Ordered", value: <Time value={operation.createdAt} /> },
        ...(took === null ? [] : [{ term: "Took", value: <Duration milliseconds={took} /> }]),
      ]}
    />
  );
}

function OperationRecord({ operation }: { operation: OperationDetail }) {
  const { startedAt, finishedAt } = operation;
  return (
    <Panel title="Record">
      <DescriptionList
        items={[
          { term: "Ordered", value: <Time exact value={operation.createdAt} /> },
          { term: "Started", value: startedAt ? <Time exact value={startedAt} /> : "Not yet" },
          { term: "Finished", value: finishedAt ? <Time exact value={finishedAt} /> : "Not yet" },
          { term: "Attempts", value: <span className="tabular-nums">{operation.attempts}</span> },
          { term: "Operation", value: <Copyable always text={operation.id} label="Copy operation id" /> },
          {
            term: "Request",
            value: <Copyable always text={operation.requestId} label="Copy request id" />,
            hint: "The server's log and the audit trail name it too.",
          },
        ]}
      />
    </Panel>
  );
}
