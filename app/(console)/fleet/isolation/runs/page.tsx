import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { IsolationRuns } from "@/components/isolation/isolation-runs";
import { isolationRunParams } from "@/components/isolation/list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Isolation runs" };

const load = createLoader(isolationRunParams);

export default async function FleetIsolationRunsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const input = listInput(await load(searchParams));
  await getQueryClient().prefetchQuery(api.isolation.runs.queryOptions(input));
  return (
    <Hydrate>
      <IsolationRuns />
    </Hydrate>
  );
}
