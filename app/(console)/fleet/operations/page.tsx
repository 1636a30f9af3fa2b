import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { FleetOperationTable } from "@/components/fleet/operation-table";
import { listInput } from "@/components/lists/list-params";
import { operationListInput, operationListParams } from "@/components/operations/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Operations of the fleet" };

const load = createLoader(operationListParams);

export default async function FleetOperationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = operationListInput(listInput(await load(searchParams)));
  await getQueryClient().prefetchQuery(api.operations.listAll.queryOptions(input));
  return (
    <Hydrate>
      <FleetOperationTable />
    </Hydrate>
  );
}
