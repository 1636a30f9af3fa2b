import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { IsolationPage } from "@/components/isolation/isolation-page";
import { isolationFindingParams, poolsInput } from "@/components/isolation/list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Isolation" };

const load = createLoader(isolationFindingParams);

export default async function FleetIsolationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = listInput(await load(searchParams));
  const queryClient = getQueryClient();
  await Promise.all([
    queryClient.prefetchQuery(api.isolation.overview.queryOptions(poolsInput)),
    queryClient.prefetchQuery(api.isolation.findings.queryOptions(input)),
  ]);
  return (
    <Hydrate>
      <IsolationPage />
    </Hydrate>
  );
}
