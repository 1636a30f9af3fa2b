import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { listInput } from "@/components/lists/list-params";
import { poolListParams } from "@/components/pools/list-params";
import { PoolTable } from "@/components/pools/pool-table";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Pools" };

const load = createLoader(poolListParams);

export default async function FleetPoolsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.pools.list.queryOptions(input));
  return (
    <Hydrate>
      <PoolTable />
    </Hydrate>
  );
}
