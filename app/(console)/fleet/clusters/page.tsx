import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ClusterTable } from "@/components/clusters/cluster-table";
import { clusterListParams } from "@/components/clusters/list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Clusters" };

const load = createLoader(clusterListParams);

export default async function FleetClustersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.clusters.list.queryOptions(input));
  return (
    <Hydrate>
      <ClusterTable />
    </Hydrate>
  );
}
