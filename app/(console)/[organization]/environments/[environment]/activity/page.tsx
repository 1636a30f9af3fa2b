import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ActivityFrame } from "@/components/environments/activity-frame";
import { activityParams } from "@/components/environments/activity-params";
import { ActivityRefused } from "@/components/environments/activity-refused";
import { EnvironmentActivity } from "@/components/environments/environment-activity";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { environmentRoleMay } from "@/server/kernel/roles";
import { requireEnvironment } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Activity" };

const load = createLoader(activityParams);

interface Props {
  params: Promise<{ organization: string; environment: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ActivityPage({ params, searchParams }: Props) {
  const at = await params;
  const { organization, environment } = await requireEnvironment(at.organization, at.environment);
  const place = { organization: organization.slug, environment: environment.slug };
  if (!environmentRoleMay(environment.role, "environment.activity")) {
    return (
      <ActivityFrame {...place}>
        <ActivityRefused {...place} role={environment.role} />
      </ActivityFrame>
    );
  }
  const input = { environment: environment.id, ...listInput(await load(searchParams)) };
  await getQueryClient().prefetchQuery(api.audit.listEnvironment.queryOptions(input));
  return (
    <ActivityFrame {...place}>
      <Hydrate>
        <EnvironmentActivity environmentId={environment.id} />
      </Hydrate>
    </ActivityFrame>
  );
}
