"use client";

import type { ReactNode } from "react";
import { InviteButton } from "@/components/invitations/invite-button";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { TabsNav } from "@/components/ui/tabs-nav";
import type { OrganizationRole } from "@/server/kernel/roles";
import { membersDescription } from "./members-words";

export interface MembersOrganization {
  slug: string;
  name: string;
  /** Of the person who is looking. */
  role: OrganizationRole;
}

interface MembersFrameProps {
  organization: MembersOrganization;
  /** How many members there are, where that is known. */
  count?: string | undefined;
  children: ReactNode;
}

/** What the pages of members and invitations share: title, tabs and the way in. */
export function MembersFrame({ organization, count, children }: MembersFrameProps) {
  return (
    <Page
      title="Members"
      count={count}
      description={membersDescription}
      action={<InviteButton organization={organization} variant="primary" />}
      tabs={
        <TabsNav
          label="Members and invitations"
          items={[
            { label: "Members", href: paths.members(organization.slug), exact: true },
            { label: "Invitations", href: paths.invitations(organization.slug) },
          ]}
        />
      }
    >
      {children}
    </Page>
  );
}
