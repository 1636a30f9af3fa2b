import type { Metadata } from "next";
import { EnvironmentSettings } from "@/components/environments/environment-settings";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireEnvironment } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Settings" };

interface Props {
  params: Promise<{ organization: string; environment: string }>;
}

export default async function EnvironmentSettingsPage({ params }: Props) {
  const at = await params;
  const { organization, environment } = await requireEnvironment(at.organization, at.environment);
  await getQueryClient().prefetchQuery(api.environments.get.queryOptions({ environment: environment.id }));
  return (
    <Hydrate>
      <EnvironmentSettings
        organization={{ slug: organization.slug, role: organization.role }}
        environmentId={environment.id}
      />
    </Hydrate>
  );
}
