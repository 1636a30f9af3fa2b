"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { removalRefusal } from "@/components/members/member-refusals";
import { RemoveMember } from "@/components/members/remove-member";
import { useOwnerCount } from "@/components/members/use-owner-count";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { OrganizationRole } from "@/server/kernel/roles";
import { organizationRoleWords, tierLabels } from "./organization-words";
import { RenameOrganization } from "./rename-organization";
import { ResidencyFence } from "./residency-fence";

interface OrganizationSettingsProps {
  organization: { slug: string; name: string; role: OrganizationRole };
  me: { userId: string; name: string };
}

export function OrganizationSettings({ organization, me }: OrganizationSettingsProps) {
  return (
    <Page title="Settings" width="prose">
      <RenameOrganization organization={organization} />
      <OrganizationFacts organization={organization.slug} />
      <Residency organization={organization.slug} />
      <LeaveOrganization organization={organization} me={me} />
    </Page>
  );
}

function OrganizationFacts({ organization }: { organization: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.organizations.get.queryOptions({ organization }));
  const facts = query.data;
  return (
    <Panel title="Facts">
      {facts && (
        <DescriptionList
          items={[
            {
              term: "Slug",
              value: <Copyable always text={facts.slug} label="Copy slug" />,
              hint: "Part of every address and host name, so it stays.",
            },
            {
              term: "Organization id",
              value: <Copyable always text={facts.id} label="Copy organization id" />,
              hint: "The API takes it wherever it takes the slug.",
            },
            { term: "Tier", value: tierLabels[facts.tier], hint: "Set by an operator of this installation." },
            {
              term: "Region",
              value: facts.region,
              hint: "Where new environments are placed unless another region is chosen.",
            },
            { term: "Created", value: <Time value={facts.createdAt} exact /> },
            {
              term: "Your role",
              value: organizationRoleWords[facts.role].label,
              hint: organizationRoleWords[facts.role].meaning,
            },
          ]}
        />
      )}
      {!facts && query.error && <LoadError what="facts" query={query} />}
      {!facts && !query.error && <SkeletonText lines={6} />}
    </Panel>
  );
}

function Residency({ organization }: { organization: string }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.organizations.get.queryOptions({ organization }));
  if (data) return <ResidencyFence facts={data} />;
  // The panel above says why there are no facts.
  if (error) return null;
  return (
    <Panel title="Residency">
      <SkeletonText lines={3} />
    </Panel>
  );
}

function LeaveOrganization({ organization, me }: OrganizationSettingsProps) {
  const owners = useOwnerCount(organization.slug);
  const [asking, setAsking] = useState(false);
  const refusal = removalRefusal({ mine: organization.role, theirs: organization.role, isMe: true, owners });
  return (
    <>
      <Panel
        danger
        title="Leave this organization"
        description="You lose your roles in it and in all of its environments at once. To come back you need a new invitation."
        action={
          <Button variant="danger" disabledReason={refusal} onClick={() => setAsking(true)}>
            Leave organization
          </Button>
        }
      >
        {refusal && (
          <p className="text-table text-muted">
            You are its only owner, and an organization is never without one. Make another member an owner on
            the <TextLink href={paths.members(organization.slug)}>members page</TextLink>, then leave.
          </p>
        )}
      </Panel>
      <RemoveMember
        organization={organization}
        member={asking ? { ...me, isMe: true } : null}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
