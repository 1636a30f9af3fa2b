"use client";

import { KeyRound, ScrollText, Settings } from "lucide-react";
import { InviteButton } from "@/components/invitations/invite-button";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";

interface QuickActionsProps {
  organization: { slug: string; name: string; role: OrganizationRole };
}

/** What people come to this page to do. */
export function QuickActions({ organization }: QuickActionsProps) {
  const audit = (
    <>
      <ScrollText />
      Audit trail
    </>
  );
  return (
    <Panel title="Quick actions">
      <div className="-mx-2 -mt-1 -mb-2 grid sm:grid-cols-2 lg:grid-cols-1 [&_a]:justify-start [&_a]:px-2 [&_button]:justify-start [&_button]:px-2">
        <InviteButton organization={organization} variant="ghost" />
        {organizationRoleMay(organization.role, "audit.read") ? (
          <LinkButton variant="ghost" href={paths.audit(organization.slug)}>
            {audit}
          </LinkButton>
        ) : (
          <Button variant="ghost" disabledReason="Admins of the organization read the audit trail.">
            {audit}
          </Button>
        )}
        <LinkButton variant="ghost" href={paths.apiKeys()}>
          <KeyRound />
          Your API keys
        </LinkButton>
        <LinkButton variant="ghost" href={paths.organizationSettings(organization.slug)}>
          <Settings />
          Settings
        </LinkButton>
      </div>
    </Panel>
  );
}
