import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { EnvironmentTable } from "@/components/environments/environment-table";
import { environmentListParams } from "@/components/environments/list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { organizationRoleMay } from "@/server/kernel/roles";
import { requireOrganization } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Environments" };

const load = createLoader(environmentListParams);

interface Props {
  params: Promise<{ organization: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EnvironmentsPage({ params, searchParams }: Props) {
  const organization = await requireOrganization((await params).organization);
  const input = { organization: organization.slug, ...listInput(await load(searchParams)) };
  await getQueryClient().prefetchQuery(api.environments.list.queryOptions(input));
  const mayCreate = organizationRoleMay(organization.role, "environment.create");
  return (
    <Hydrate>
      <EnvironmentTable
        organization={{ slug: organization.slug, name: organization.name }}
        createRefusal={mayCreate ? null : "Admins of the organization create environments."}
      />
    </Hydrate>
  );
}
