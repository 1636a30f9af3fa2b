"use client";

import { useQuery } from "@tanstack/react-query";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { PoolStateDot } from "@/components/pools/pool-state";
import { LinkButton } from "@/components/ui/link-button";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import type { ClusterDetail } from "./use-cluster";

/** The pools on a Postgres cluster, as many as fit on one page. */
export function ClusterPools({ cluster }: { cluster: ClusterDetail }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.pools.list.queryOptions({ cluster: cluster.id, limit: 100 }));
  const pools = query.data;
  return (
    <Panel
      title="Pools"
      description={
        pools && pools.total > pools.items.length
          ? `The first ${pools.items.length} of ${pools.total}.`
          : "Databases on it that many tenants share."
      }
      action={
        cluster.state === "active" ? (
          <LinkButton href={paths.newPool(cluster.id)}>Create pool</LinkButton>
        ) : undefined
      }
      flush={pools !== undefined && pools.items.length > 0}
    >
      {pools?.items.length === 0 && <p className="text-table text-muted">No pool is on it yet.</p>}
      {pools && pools.items.length > 0 && (
        <ul className="divide-y divide-line text-table">
          {pools.items.map((pool) => (
            <li
              key={pool.id}
              className="flex min-h-9 min-w-0 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5"
            >
              <TextLink href={paths.fleetPool(pool.id)} className="min-w-0 flex-1 basis-40 truncate">
                <bdi>{pool.name}</bdi>
              </TextLink>
              <span className="sm:w-24">
                <PoolStateDot state={pool.state} reason={pool.stateReason} />
              </span>
              <div className="w-full sm:w-44">
                <Meter
                  compact
                  label={`Tenants in ${pool.name}`}
                  value={pool.tenantCount}
                  max={pool.capacity}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      {!pools && query.isPending && <Skeleton className="h-9 w-full" />}
      {!pools && query.error && <p className="text-table text-red">{explain(query.error).message}</p>}
    </Panel>
  );
}
