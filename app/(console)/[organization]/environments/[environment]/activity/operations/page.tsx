import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ActivityFrame } from "@/components/environments/activity-frame";
import { listInput } from "@/components/lists/list-params";
import { EnvironmentOperations } from "@/components/operations/environment-operations";
import { operationListInput, operationListParams } from "@/components/operations/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireEnvironment } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Operations" };

const load = createLoader(operationListParams);

interface Props {
  params: Promise<{ organization: string; environment: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EnvironmentOperationsPage({ params, searchParams }: Props) {
  const at = await params;
  const { organization, environment } = await requireEnvironment(at.organization, at.environment);
  const input = { environment: environment.id, ...operationListInput(listInput(await load(searchParams))) };
  await getQueryClient().prefetchQuery(api.operations.list.queryOptions(input));
  return (
    <ActivityFrame organization={organization.slug} environment={environment.slug}>
      <Hydrate>
        <EnvironmentOperations environmentId={environment.id} />
      </Hydrate>
    </ActivityFrame>
  );
}
