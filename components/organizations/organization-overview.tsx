"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiError } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { OperationTimeline } from "@/components/operations/operation-timeline";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";
import { AtAGlance } from "./at-a-glance";
import { CreateEnvironmentButton } from "./create-environment-button";
import { EnvironmentCard } from "./environment-card";
import { NextSteps } from "./next-steps";
import { organizationRoleWords, tierLabels } from "./organization-words";
import { overviewInput } from "./overview-input";
import { QuickActions } from "./quick-actions";

type Environments = ApiOutputs["environments"]["list"];

export interface OverviewOrganization {
  slug: string;
  name: string;
  /** Of the person who is looking. */
  role: OrganizationRole;
}

/** The only environment's operation while it is not there yet, or has failed: the first thing that anyone waits for. */
function firstOperation(page: Environments): string | null {
  const [only] = page.items;
  if (!only || page.total > 1 || !["provisioning", "failed"].includes(only.status)) return null;
  return only.lastOperation?.id ?? null;
}

export function OrganizationOverview({ organization }: { organization: OverviewOrganization }) {
  const trpc = useTRPC();
  const { slug } = organization;
  const environments = useQuery(
    trpc.environments.list.queryOptions(overviewInput(slug), {
      refetchInterval: ({ state }) =>
        state.data?.items.some((row) => row.status.endsWith("ing")) ? 1000 : false,
    }),
  );
  const moving = environments.data?.items.some((row) => row.status.endsWith("ing")) ?? false;
  const facts = useQuery(
    trpc.organizations.get.queryOptions({ organization: slug }, { refetchInterval: moving ? 1000 : false }),
  );
  // It stays when it has finished: what one has just watched does not vanish.
  const [watched, setWatched] = useState<string | null>(null);
  const first = environments.data ? firstOperation(environments.data) : null;
  if (first !== null && watched === null) setWatched(first);

  const known = facts.data;
  return (
    <Page
      title={known?.name ?? organization.name}
      action={<CreateEnvironmentButton organization={organization} />}
      facts={
        known && (
          <Facts
            items={[
              { term: "Tier", value: tierLabels[known.tier] },
              { term: "Region", value: known.region },
              { term: "Your role", value: organizationRoleWords[known.role].label },
              { term: "Created", value: <Time value={known.createdAt} /> },
            ]}
          />
        )
      }
    >
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-5">
          {watched !== null && (
            <Panel
              title="Your first environment"
              description="It gets a database of its own and turns active here."
            >
              <OperationTimeline operationId={watched} onRetried={setWatched} />
            </Panel>
          )}
          <EnvironmentCards organization={organization} query={environments} />
          {environments.data && known && (
            <NextSteps organization={organization} environments={environments.data} members={known.members} />
          )}
        </div>
        <aside aria-label="Summary" className="flex min-w-0 flex-col gap-5">
          <AtAGlance organization={slug} query={facts} />
          <QuickActions organization={organization} />
        </aside>
      </div>
    </Page>
  );
}

interface EnvironmentsProps {
  organization: OverviewOrganization;
  query: { data: Environments | undefined; error: ApiError | null; refetch: () => Promise<unknown> };
}

function EnvironmentCards({ organization, query }: EnvironmentsProps) {
  const page = query.data;
  if (!page) return <LoadError what="environments" query={query} />;
  const mayCreate = organizationRoleMay(organization.role, "environment.create");
  return (
    <section aria-labelledby="environments" className="flex min-w-0 flex-col gap-2.5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="environments" className="text-lg font-medium">
          Environments
        </h2>
        {page.total > 0 && (
          <TextLink href={paths.environments(organization.slug)} className="text-table">
            {page.total > page.items.length
              ? `All ${page.total.toLocaleString("en-GB")} environments`
              : "Open the list"}
          </TextLink>
        )}
      </div>
      {page.items.length === 0 ? (
        <div className="rounded-md border border-dashed border-line-strong">
          <EmptyState
            action={<LinkButton href={paths.members(organization.slug)}>See who the admins are</LinkButton>}
          >
            {mayCreate
              ? "Environments are listed here, each with a database of its own."
              : "No environment includes you yet. An admin of the organization or of an environment adds you to it."}
          </EmptyState>
        </div>
      ) : (
        <ul className="grid min-w-0 gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
          {page.items.map((row) => (
            <EnvironmentCard key={row.id} organization={organization.slug} environment={row} />
          ))}
        </ul>
      )}
    </section>
  );
}
