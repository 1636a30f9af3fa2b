"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { useEnvironment } from "@/components/environments/use-environment";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { environmentRefusal } from "@/server/domain/environments/state";
import { ConnectSkeleton } from "./connect-skeleton";
import { ConnectionPanel } from "./connection-panel";
import { issueRefusal } from "./credential-refusals";
import { CredentialTable } from "./credential-table";

const IssueCredentialDialog = dialogOnDemand(
  async () => (await import("./issue-credential-dialog")).IssueCredentialDialog,
);

const ConnectNotice = lazy(async () => ({ default: (await import("./connect-notice")).ConnectNotice }));

interface ConnectPageProps {
  organization: string;
  environmentId: string;
  isOperator: boolean;
}

/** How to reach an environment's database, and who may. */
export function ConnectPage({ organization, environmentId, isOperator }: ConnectPageProps) {
  const trpc = useTRPC();
  const query = useEnvironment(organization, environmentId);
  const connection = useQuery(
    trpc.credentials.connection.queryOptions({ environment: environmentId }, { enabled: !query.error }),
  );
  const [issuing, setIssuing] = useState(false);
  const environment = query.data;
  if (!environment) return query.error ? <LoadError what="environment" query={query} /> : <ConnectSkeleton />;
  const issue = (
    <Button variant="primary" disabledReason={issueRefusal(environment)} onClick={() => setIssuing(true)}>
      Issue credential
    </Button>
  );
  return (
    <Page
      title="Connect"
      badges={
        <span className="text-table">
          <EnvironmentStatusDot status={environment.status} />
        </span>
      }
      action={issue}
    >
      {environmentRefusal("connect", environment) !== null && (
        <Suspense>
          <ConnectNotice status={environment.status} />
        </Suspense>
      )}
      <ConnectionPanel query={connection} placement={environment.placement} isOperator={isOperator} />
      <CredentialTable
        environment={environment}
        revokesTogether={connection.data?.revokesTogether ?? false}
        issue={issue}
      />
      <IssueCredentialDialog environment={environment} open={issuing} onClose={() => setIssuing(false)} />
    </Page>
  );
}
