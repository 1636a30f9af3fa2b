"use client";

import { useQuery } from "@tanstack/react-query";
import { Plug } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { EnvironmentError } from "@/components/environments/environment-error";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { Notice } from "@/components/environments/notice";
import { useEnvironment, type EnvironmentDetail } from "@/components/environments/use-environment";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { environmentRefusal } from "@/server/domain/environments/state";
import { ConnectSkeleton } from "./connect-skeleton";
import { ConnectionPanel } from "./connection-panel";
import { issueRefusal } from "./credential-refusals";
import { CredentialTable } from "./credential-table";
import { IssueCredential } from "./issue-credential";

interface ConnectPageProps {
  organization: string;
  environmentId: string;
}

/** How to reach an environment's database, and who may. */
export function ConnectPage({ organization, environmentId }: ConnectPageProps) {
  const trpc = useTRPC();
  const query = useEnvironment(organization, environmentId);
  const connection = useQuery(
    trpc.credentials.connection.queryOptions({ environment: environmentId }, { enabled: !query.error }),
  );
  const [issuing, setIssuing] = useState(false);
  const environment = query.data;
  if (!environment) return query.error ? <EnvironmentError query={query} /> : <ConnectSkeleton />;
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
      <NotNow environment={environment} />
      <ConnectionPanel query={connection} />
      <CredentialTable
        environment={environment}
        revokesTogether={connection.data?.revokesTogether ?? false}
        issue={issue}
      />
      <IssueCredential environment={environment} open={issuing} onClose={() => setIssuing(false)} />
    </Page>
  );
}

const sentences: Partial<Record<EnvironmentDetail["status"], string>> = {
  provisioning: "It is being provisioned. This page opens by itself a moment after.",
  suspended: "It is suspended: its credentials are refused until it is resumed. Then they work as before.",
  archived: "It is archived: its credentials are refused until it is resumed. Then they work as before.",
  failed: "It could not be provisioned, so there is no database to connect to. Retry on its overview.",
  deleted: "It is deleted: its credentials are refused. Once it is recovered they work as before.",
  deleting: "It is being removed, with its database and every credential.",
  moving: "It is on its way to another place. This page opens by itself when it has arrived.",
};

function NotNow({ environment }: { environment: EnvironmentDetail }) {
  if (environmentRefusal("connect", environment) === null) return null;
  return (
    <Notice icon={<Plug />} title="Nothing can be issued now">
      <p>{sentences[environment.status]}</p>
    </Notice>
  );
}
