import type { Metadata } from "next";
import { DatabasePage } from "@/components/databases/database-page";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { environmentRefusal } from "@/server/domain/environments/state";
import { requireEnvironment, requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Database" };

interface Props {
  params: Promise<{ organization: string; environment: string }>;
}

export default async function EnvironmentDatabasePage({ params }: Props) {
  const at = await params;
  const [person, { organization, environment }] = await Promise.all([
    requirePerson(),
    requireEnvironment(at.organization, at.environment),
  ]);
  const input = { environment: environment.id };
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(api.environments.get.queryOptions(input)),
    // A refusal is told by the page itself, with what can be done about it.
    environmentRefusal("inspect", environment) === null &&
      queries.prefetchQuery(api.environments.inspect.queryOptions(input, { retry: false })),
  ]);
  return (
    <Hydrate>
      <DatabasePage
        organization={organization.slug}
        environmentId={environment.id}
        isOperator={person.isOperator}
      />
    </Hydrate>
  );
}
