import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ConnectPage } from "@/components/credentials/connect-page";
import { ConnectRefused } from "@/components/credentials/connect-refused";
import { credentialListParams } from "@/components/credentials/list-params";
import { listInput } from "@/components/lists/list-params";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { environmentRoleMay } from "@/server/kernel/roles";
import { requireEnvironment, requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Connect" };

const load = createLoader(credentialListParams);

interface Props {
  params: Promise<{ organization: string; environment: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EnvironmentConnectPage({ params, searchParams }: Props) {
  const at = await params;
  const [person, { organization, environment }] = await Promise.all([
    requirePerson(),
    requireEnvironment(at.organization, at.environment),
  ]);
  if (!environmentRoleMay(environment.role, "credential.read"))
    return <ConnectRefused organization={organization.slug} environment={environment.slug} />;
  const queries = getQueryClient();
  const input = { environment: environment.id, ...listInput(await load(searchParams)) };
  await Promise.all([
    queries.prefetchQuery(api.environments.get.queryOptions({ environment: environment.id })),
    queries.prefetchQuery(api.credentials.connection.queryOptions({ environment: environment.id })),
    queries.prefetchQuery(api.credentials.list.queryOptions(input)),
  ]);
  return (
    <Hydrate>
      <ConnectPage
        organization={organization.slug}
        environmentId={environment.id}
        isOperator={person.isOperator}
      />
    </Hydrate>
  );
}
