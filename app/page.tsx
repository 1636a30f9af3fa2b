import { redirect } from "next/navigation";
import { paths } from "@/components/paths";
import { api, getQueryClient, read } from "@/server/api/server";

export default async function Home() {
  const client = getQueryClient();
  const entrance = await client.fetchQuery(api.settings.entrance.queryOptions({}));
  if (entrance.needsSetUp) redirect(paths.setUp());
  const place = await read(client.fetchQuery(api.navigation.landing.queryOptions({})), "/");
  if (!place) redirect(paths.newOrganization());
  redirect(
    place.environment
      ? paths.environment(place.organization, place.environment)
      : paths.organization(place.organization),
  );
}
