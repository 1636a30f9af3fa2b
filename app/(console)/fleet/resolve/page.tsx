import type { Metadata } from "next";
import { ResolvePage } from "@/components/resolution/resolve-page";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Resolve" };

export default async function FleetResolvePage() {
  await getQueryClient().prefetchQuery(api.resolution.samples.queryOptions({}));
  return (
    <Hydrate>
      <ResolvePage />
    </Hydrate>
  );
}
