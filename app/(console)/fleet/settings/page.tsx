import type { Metadata } from "next";
import { FleetSettings } from "@/components/settings/fleet-settings";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Fleet settings" };

export default async function FleetSettingsPage() {
  await getQueryClient().prefetchQuery(api.settings.get.queryOptions({}));
  return (
    <Hydrate>
      <FleetSettings />
    </Hydrate>
  );
}
