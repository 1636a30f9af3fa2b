import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { FindingTable } from "@/components/findings/finding-table";
import { findingListParams } from "@/components/findings/list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Findings" };

const load = createLoader(findingListParams);

export default async function FleetFindingsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.findings.list.queryOptions(input));
  return (
    <Hydrate>
      <FindingTable />
    </Hydrate>
  );
}
