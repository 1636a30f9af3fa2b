import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { listInput } from "@/components/lists/list-params";
import { packageListParams } from "@/components/packages/list-params";
import { PackageTable } from "@/components/packages/package-table";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Packages" };

const load = createLoader(packageListParams);

export default async function FleetPackagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.packages.list.queryOptions(input));
  return (
    <Hydrate>
      <PackageTable />
    </Hydrate>
  );
}
