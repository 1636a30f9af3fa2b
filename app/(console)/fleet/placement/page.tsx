import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { PlacementPage } from "@/components/placement/placement-page";
import { tryInput, tryParams } from "@/components/placement/try-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Placement" };

const load = createLoader(tryParams);

export default async function FleetPlacementPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const tried = tryInput(await load(searchParams));
  await Promise.all([
    getQueryClient().prefetchQuery(api.placement.get.queryOptions({})),
    getQueryClient().prefetchQuery(api.placement.try.queryOptions(tried)),
  ]);
  return (
    <Hydrate>
      <PlacementPage />
    </Hydrate>
  );
}
