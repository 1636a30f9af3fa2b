"use client";

import { parseAsString, useQueryState } from "nuqs";
import { LoadError } from "@/components/api/load-error";
import { paths } from "@/components/paths";
import { PlaceSkeleton } from "@/components/placement/place-skeleton";
import { Page } from "@/components/shell/page";
import { Bytes } from "@/components/ui/bytes";
import { Copyable } from "@/components/ui/copyable";
import { Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { EditPoolButton } from "./edit-pool-button";
import { PoolDanger } from "./pool-danger";
import { PoolIsolation } from "./pool-isolation";
import { PoolLoad } from "./pool-load";
import { PoolNotice } from "./pool-notice";
import { PoolPackages } from "./pool-packages";
import { PoolStateDot } from "./pool-state";
import { usePool, type PoolDetail } from "./use-pool";

/** One pool: where it is, who is in it, what its tables are, and what can be done with it. */
export function PoolPage({ poolId }: { poolId: string }) {
  const query = usePool(poolId);
  const [followed, setFollowed] = useQueryState("operation", parseAsString);
  const pool = query.data;
  if (!pool) {
    const isGone = query.error?.data?.code === "not_found";
    return query.error && !isGone ? <LoadError what="pool" query={query} /> : <PlaceSkeleton what="Pool" />;
  }
  return (
    <Page
      title={pool.name}
      badges={
        <span className="text-table">
          <PoolStateDot state={pool.state} reason={pool.stateReason} />
        </span>
      }
      action={<EditPoolButton pool={pool} />}
      facts={<PoolFacts pool={pool} />}
    >
      <PoolNotice
        pool={pool}
        operation={pool.operation?.id ?? followed}
        onFollow={(operation) => void setFollowed(operation)}
      />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <PoolLoad pool={pool} />
        <PoolIsolation pool={pool} />
      </div>
      <PoolPackages pool={pool} />
      <PoolDanger pool={pool} onFollow={(operation) => void setFollowed(operation)} />
    </Page>
  );
}

function PoolFacts({ pool }: { pool: PoolDetail }) {
  return (
    <Facts
      items={[
        { term: "Slug", value: <Copyable text={pool.slug} label="Copy slug" /> },
        {
          term: "Cluster",
          value: (
            <TextLink href={paths.fleetCluster(pool.cluster.id)}>
              <bdi>{pool.cluster.name}</bdi>
            </TextLink>
          ),
        },
        { term: "Region", value: pool.cluster.region },
        { term: "Storage", value: <Bytes value={pool.storageUsedBytes} /> },
        { term: "Database", value: <Copyable text={pool.databaseName} label="Copy database name" /> },
        { term: "Created", value: <Time value={pool.createdAt} /> },
      ]}
    />
  );
}
