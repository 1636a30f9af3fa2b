import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PoolPage } from "@/components/pools/pool-page";
import { paths } from "@/components/paths";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient, read } from "@/server/api/server";

export const metadata: Metadata = { title: "Pool" };

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export default async function FleetPoolPage({ params }: { params: Promise<{ pool: string }> }) {
  const { pool } = await params;
  if (!id.test(pool)) notFound();
  await read(getQueryClient().fetchQuery(api.pools.get.queryOptions({ pool })), paths.fleetPool(pool));
  return (
    <Hydrate>
      <PoolPage poolId={pool} />
    </Hydrate>
  );
}
