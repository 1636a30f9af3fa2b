import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { EnvironmentMembers } from "@/components/environments/environment-members";
import { environmentMemberListParams } from "@/components/environments/member-list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireEnvironment } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Members" };

const load = createLoader(environmentMemberListParams);

interface Props {
  params: Promise<{ organization: string; environment: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EnvironmentMembersPage({ params, searchParams }: Props) {
  const at = await params;
  const { organization, environment } = await requireEnvironment(at.organization, at.environment);
  const input = { environment: environment.id, ...listInput(await load(searchParams)) };
  await getQueryClient().prefetchQuery(api.members.listEnvironment.queryOptions(input));
  return (
    <Hydrate>
      <EnvironmentMembers
        organization={{ slug: organization.slug, name: organization.name }}
        environment={{
          id: environment.id,
          slug: environment.slug,
          name: environment.name,
          role: environment.role,
        }}
      />
    </Hydrate>
  );
}
