import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { fleetOrganizationParams } from "@/components/fleet/list-params";
import { FleetOrganizationTable } from "@/components/fleet/organization-table";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Organizations of the fleet" };

const load = createLoader(fleetOrganizationParams);

export default async function FleetOrganizationsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.organizations.listAll.queryOptions(input));
  return (
    <Hydrate>
      <FleetOrganizationTable />
    </Hydrate>
  );
}
