"use client";

import { explain, type ApiError } from "@/components/api/explain";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { LaterTimeline } from "@/components/operations/later-timeline";
import { paths } from "@/components/paths";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";

const sentences: Partial<Record<EnvironmentDetail["status"], string>> = {
  provisioning: "It is being provisioned. This page fills by itself a moment after.",
  failed: "It could not be provisioned, and what had begun was taken back. Retry provisions it again.",
  deleted: "It is deleted. Its database is kept until the day on the overview; recover it to look inside.",
  deleting: "It is being removed, and the environment with it.",
  moving: "It is on its way to another place. This page fills by itself when it has arrived.",
};

/** In place of a database that is not there to be looked into, with the operation that decides about it. */
export function NoDatabase({ environment }: { environment: EnvironmentDetail }) {
  const { lastOperation, status } = environment;
  return (
    <Panel
      title="There is no database to look into now"
      description={sentences[status]}
      className="max-w-[720px]"
    >
      {lastOperation && <LaterTimeline operationId={lastOperation.id} />}
    </Panel>
  );
}

interface UnreadableDatabaseProps {
  environment: EnvironmentDetail;
  error: ApiError;
  onRetry: () => void;
}

/** In place of a database that should be there: missing, damaged, another's, or busy. */
export function UnreadableDatabase({ environment, error, onRetry }: UnreadableDatabaseProps) {
  const { message, requestId } = explain(error);
  const isPrecondition = error.data?.code === "precondition" || error.data?.code === "conflict";
  return (
    <ErrorState
      title="The database could not be looked into"
      requestId={requestId ?? undefined}
      onRetry={onRetry}
      action={
        <LinkButton href={paths.environment(environment.organization.slug, environment.slug)}>
          Back to the overview
        </LinkButton>
      }
    >
      <p>{message}</p>
      {isPrecondition && (
        <p>
          Freehold has changed nothing. Operators find it among the fleet&apos;s findings; its name is{" "}
          <span className="font-mono text-xs [overflow-wrap:anywhere]">
            {environment.placement.databaseName}
          </span>
          .
        </p>
      )}
    </ErrorState>
  );
}
