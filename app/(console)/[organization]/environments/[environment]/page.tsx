import { EnvironmentOverview } from "@/components/environments/environment-overview";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireEnvironment, requirePerson } from "@/app/(console)/gate";

interface Props {
  params: Promise<{ organization: string; environment: string }>;
}

export default async function EnvironmentPage({ params }: Props) {
  const at = await params;
  const [person, { organization, environment }] = await Promise.all([
    requirePerson(),
    requireEnvironment(at.organization, at.environment),
  ]);
  const queries = getQueryClient();
  const address = api.environments.get.queryOptions({ environment: environment.id });
  await queries.prefetchQuery(address);
  const newest = queries.getQueryData(address.queryKey)?.lastOperation;
  if (newest) await queries.prefetchQuery(api.operations.get.queryOptions({ operation: newest.id }));
  return (
    <Hydrate>
      <EnvironmentOverview
        organization={{ slug: organization.slug, role: organization.role }}
        isOperator={person.isOperator}
        environmentId={environment.id}
      />
    </Hydrate>
  );
}
