import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClusterPage } from "@/components/clusters/cluster-page";
import { paths } from "@/components/paths";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient, read } from "@/server/api/server";

export const metadata: Metadata = { title: "Cluster" };

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export default async function FleetClusterPage({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  if (!id.test(cluster)) notFound();
  await read(
    getQueryClient().fetchQuery(api.clusters.get.queryOptions({ cluster })),
    paths.fleetCluster(cluster),
  );
  return (
    <Hydrate>
      <ClusterPage clusterId={cluster} />
    </Hydrate>
  );
}
