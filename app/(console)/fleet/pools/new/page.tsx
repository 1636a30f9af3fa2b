import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { CreatePoolForm } from "@/components/pools/create-pool-form";
import { postgresClusters } from "@/components/pools/postgres-clusters";
import { poolDescription } from "@/components/pools/pool-words";
import { Page } from "@/components/shell/page";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Create pool" };

const load = createLoader({ cluster: parseAsString });

export default async function CreatePoolPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { cluster } = await load(searchParams);
  await getQueryClient().prefetchQuery(api.clusters.list.queryOptions(postgresClusters));
  return (
    <Page title="Create pool" description={poolDescription}>
      <Hydrate>
        <CreatePoolForm cluster={cluster} />
      </Hydrate>
    </Page>
  );
}
