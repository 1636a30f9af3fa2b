"use client";

import { useState } from "react";
import { OperationTimeline } from "@/components/operations/operation-timeline";
import { TimelineSkeleton } from "@/components/operations/timeline-skeleton";
import { paths } from "@/components/paths";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { Page } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Copyable } from "@/components/ui/copyable";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { environmentRoleMay, type OrganizationRole } from "@/server/kernel/roles";
import { DeleteEnvironmentDialog } from "./delete-environment-dialog";
import { ResumeButton, RetryButton } from "./environment-buttons";
import { LoadError } from "@/components/api/load-error";
import { EnvironmentHome } from "./environment-home";
import { EnvironmentNotice } from "./environment-notice";
import { OverviewSkeleton } from "./overview-skeleton";
import { EnvironmentStorage, OverLimit } from "./environment-storage";
import { EnvironmentStatusDot } from "./environment-status";
import { WhyHere } from "./placement-steps";
import { PoolReference } from "./pool-reference";
import { driverWords } from "./placement-words";
import { PurgeEnvironmentDialog } from "./purge-environment-dialog";
import { environmentRoleWords } from "./role-words";
import { useEnvironment, type EnvironmentDetail } from "./use-environment";

interface EnvironmentOverviewProps {
  organization: { slug: string; role: OrganizationRole };
  /** Operators find the pool behind its name. */
  isOperator: boolean;
  environmentId: string;
}

/** What an environment is, where it lives, and what happens to it right now. */
export function EnvironmentOverview({ organization, isOperator, environmentId }: EnvironmentOverviewProps) {
  const query = useEnvironment(organization.slug, environmentId);
  const [asked, setAsked] = useState<"delete" | "purge" | null>(null);
  const close = (open: boolean) => !open && setAsked(null);
  const environment = query.data;
  if (!environment)
    return query.error ? <LoadError what="environment" query={query} /> : <OverviewSkeleton />;
  return (
    <Page
      title={environment.name}
      badges={
        <>
          <EnvironmentPill type={environment.envType} />
          <span className="text-table">
            <EnvironmentStatusDot status={environment.status} />
          </span>
          {environment.isDefault && <Badge>default</Badge>}
          {environment.isProtected && <Badge>protected</Badge>}
        </>
      }
      description={
        environment.description ? <bdi className="whitespace-pre-line">{environment.description}</bdi> : null
      }
      action={<LikelyAction environment={environment} />}
      facts={<EnvironmentFacts environment={environment} isOperator={isOperator} />}
    >
      <EnvironmentNotice
        environment={environment}
        onDelete={() => setAsked("delete")}
        onPurge={() => setAsked("purge")}
      />
      <OverLimit environment={environment} />
      <Panel title="Where it lives">
        <div className="flex min-w-0 flex-col gap-4">
          <EnvironmentHome
            environment={environment}
            organizationRole={organization.role}
            isOperator={isOperator}
          />
          <WhyHere steps={environment.placement.why} question="Why did it land here" />
        </div>
      </Panel>
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <NewestOperation environment={environment} />
        <EnvironmentStorage environment={environment} isOperator={isOperator} />
      </div>
      <DeleteEnvironmentDialog environment={environment} open={asked === "delete"} onOpenChange={close} />
      <PurgeEnvironmentDialog environment={environment} open={asked === "purge"} onOpenChange={close} />
    </Page>
  );
}

function EnvironmentFacts({
  environment,
  isOperator,
}: {
  environment: EnvironmentDetail;
  isOperator: boolean;
}) {
  const { pool } = environment.placement;
  return (
    <Facts
      items={[
        { term: "Host name", value: <Copyable text={environment.hostname} label="Copy host name" /> },
        { term: "Region", value: environment.region },
        { term: "Driver", value: driverWords[environment.placement.driver].label },
        ...(pool
          ? [
              {
                term: "Shared",
                value: (
                  <span>
                    in pool <PoolReference pool={pool} isOperator={isOperator} />
                  </span>
                ),
              },
            ]
          : []),
        { term: "Created", value: <Time value={environment.createdAt} /> },
        { term: "Your role", value: environmentRoleWords[environment.role].label },
      ]}
    />
  );
}

/** The one thing that a person most likely came for. */
function LikelyAction({ environment }: { environment: EnvironmentDetail }) {
  switch (environment.status) {
    case "suspended":
    case "archived":
      return <ResumeButton variant="primary" environment={environment} />;
    case "failed":
      return <RetryButton variant="primary" environment={environment} />;
    case "active":
      return environmentRoleMay(environment.role, "credential.read") ? (
        <LinkButton variant="primary" href={paths.connect(environment.organization.slug, environment.slug)}>
          Connect
        </LinkButton>
      ) : (
        <LinkButton href={paths.database(environment.organization.slug, environment.slug)}>
          Look into the database
        </LinkButton>
      );
    default:
      return null;
  }
}

function NewestOperation({ environment }: { environment: EnvironmentDetail }) {
  const { lastOperation, organization, slug, status } = environment;
  return (
    <Panel
      title="Newest operation"
      action={
        <TextLink className="text-table" href={paths.activityOperations(organization.slug, slug)}>
          All operations
        </TextLink>
      }
    >
      {lastOperation ? (
        <OperationTimeline operationId={lastOperation.id} withoutRetry={status === "failed"} />
      ) : status === "provisioning" ? (
        <TimelineSkeleton />
      ) : (
        <p className="text-table text-muted">Nothing was done to it yet.</p>
      )}
    </Panel>
  );
}
