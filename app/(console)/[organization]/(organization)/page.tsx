import type { Metadata } from "next";
import { OrganizationOverview } from "@/components/organizations/organization-overview";
import { overviewInput } from "@/components/organizations/overview-input";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireOrganization } from "@/app/(console)/gate";

interface Props {
  params: Promise<{ organization: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireOrganization((await params).organization);
  return { title: name };
}

export default async function OrganizationPage({ params }: Props) {
  const { slug, name, role } = await requireOrganization((await params).organization);
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(api.environments.list.queryOptions(overviewInput(slug))),
    queries.prefetchQuery(api.organizations.get.queryOptions({ organization: slug })),
  ]);
  return (
    <Hydrate>
      <OrganizationOverview organization={{ slug, name, role }} />
    </Hydrate>
  );
}
