import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { InvitationTable } from "@/components/invitations/invitation-table";
import { invitationListParams } from "@/components/invitations/list-params";
import { listInput } from "@/components/lists/list-params";
import { MembersFrame } from "@/components/members/members-frame";
import { ForAdmins } from "@/components/organizations/for-admins";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { organizationRoleMay } from "@/server/kernel/roles";
import { requireOrganization } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Invitations" };

const load = createLoader(invitationListParams);

interface Props {
  params: Promise<{ organization: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function InvitationsPage({ params, searchParams }: Props) {
  const { slug, name, role } = await requireOrganization((await params).organization);
  const organization = { slug, name, role };
  if (!organizationRoleMay(role, "member.manage")) {
    return (
      <MembersFrame organization={organization}>
        <ForAdmins organization={slug}>
          Invitations carry people&apos;s addresses, so only owners and admins of {name} see and send them.
          Ask one of them to invite someone.
        </ForAdmins>
      </MembersFrame>
    );
  }
  const input = { organization: slug, ...listInput(await load(searchParams)) };
  await getQueryClient().prefetchQuery(api.invitations.list.queryOptions(input));
  return (
    <Hydrate>
      <InvitationTable organization={organization} />
    </Hydrate>
  );
}
