import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { listInput } from "@/components/lists/list-params";
import { optionsListParams } from "@/components/options/list-params";
import { OptionsList } from "@/components/options/options-list";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireEnvironment } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Options" };

const load = createLoader(optionsListParams);

interface Props {
  params: Promise<{ organization: string; environment: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EnvironmentOptionsPage({ params, searchParams }: Props) {
  const at = await params;
  const { organization, environment } = await requireEnvironment(at.organization, at.environment);
  const queries = getQueryClient();
  const input = { environment: environment.id, ...listInput(await load(searchParams)) };
  await Promise.all([
    queries.prefetchQuery(api.environments.get.queryOptions({ environment: environment.id })),
    queries.prefetchQuery(api.options.list.queryOptions(input)),
  ]);
  return (
    <Hydrate>
      <OptionsList organization={organization.slug} environmentId={environment.id} />
    </Hydrate>
  );
}
