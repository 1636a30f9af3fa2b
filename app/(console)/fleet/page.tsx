import type { Metadata } from "next";
import { FleetOverview } from "@/components/fleet/fleet-overview";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Fleet" };

export default async function FleetPage() {
  await getQueryClient().prefetchQuery(api.fleet.overview.queryOptions({}));
  return (
    <Hydrate>
      <FleetOverview />
    </Hydrate>
  );
}
