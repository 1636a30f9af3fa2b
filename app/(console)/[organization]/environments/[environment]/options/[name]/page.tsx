import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OptionsPage } from "@/components/options/options-page";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { optionsLimits, optionsNameShape } from "@/server/domain/options/names";
import { requireEnvironment } from "@/app/(console)/gate";

interface Props {
  params: Promise<{ organization: string; environment: string; name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).name.slice(0, optionsLimits.nameLength)}, options` };
}

export default async function OptionsSetPage({ params }: Props) {
  const { name, ...at } = await params;
  const { organization, environment } = await requireEnvironment(at.organization, at.environment);
  if (name.length > optionsLimits.nameLength || !optionsNameShape.test(name)) notFound();
  const queries = getQueryClient();
  const set = { environment: environment.id, name };
  await Promise.all([
    queries.prefetchQuery(api.environments.get.queryOptions({ environment: environment.id })),
    queries.prefetchQuery(api.options.get.queryOptions(set)),
    queries.prefetchQuery(api.options.history.queryOptions({ ...set, limit: 10 })),
  ]);
  return (
    <Hydrate>
      <OptionsPage organization={organization.slug} environmentId={environment.id} name={name} />
    </Hydrate>
  );
}
