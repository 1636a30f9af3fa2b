import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { listInput } from "@/components/lists/list-params";
import { serviceListParams } from "@/components/services/list-params";
import { ServiceTable } from "@/components/services/service-table";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Services" };

const load = createLoader(serviceListParams);

export default async function FleetServicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.services.list.queryOptions(input));
  return (
    <Hydrate>
      <ServiceTable />
    </Hydrate>
  );
}
