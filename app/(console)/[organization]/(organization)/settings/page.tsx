import type { Metadata } from "next";
import { OrganizationSettings } from "@/components/organizations/organization-settings";
import { ownersInput } from "@/components/members/owners-input";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireOrganization, requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Settings" };

interface Props {
  params: Promise<{ organization: string }>;
}

export default async function OrganizationSettingsPage({ params }: Props) {
  const [person, organization] = await Promise.all([
    requirePerson(),
    requireOrganization((await params).organization),
  ]);
  const { slug, name, role } = organization;
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(api.organizations.get.queryOptions({ organization: slug })),
    queries.prefetchQuery(api.members.list.queryOptions(ownersInput(slug))),
  ]);
  return (
    <Hydrate>
      <OrganizationSettings
        organization={{ slug, name, role }}
        me={{ userId: person.id, name: person.name }}
      />
    </Hydrate>
  );
}
