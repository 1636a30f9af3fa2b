"use client";

import { parseAsString, useQueryState } from "nuqs";
import { LoadError } from "@/components/api/load-error";
import { PlaceSkeleton } from "@/components/placement/place-skeleton";
import { Page } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Bytes } from "@/components/ui/bytes";
import { Copyable } from "@/components/ui/copyable";
import { Facts } from "@/components/ui/facts";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { ClusterAddress } from "./cluster-address";
import { ClusterDanger } from "./cluster-danger";
import { ClusterLabels } from "./cluster-labels";
import { ClusterLoad } from "./cluster-load";
import { ClusterNotice } from "./cluster-notice";
import { ClusterPools } from "./cluster-pools";
import { ClusterStateDot } from "./cluster-state";
import { driverLabels } from "./cluster-words";
import { EditClusterButton } from "./edit-cluster-button";
import { useCluster, type ClusterDetail } from "./use-cluster";

/** One cluster: where it is, what is on it, and what can be done with it. */
export function ClusterPage({ clusterId }: { clusterId: string }) {
  const query = useCluster(clusterId);
  const [test, setTest] = useQueryState("test", parseAsString);
  const cluster = query.data;
  if (!cluster)
    return query.error ? <LoadError what="cluster" query={query} /> : <PlaceSkeleton what="Cluster" />;
  return (
    <Page
      title={cluster.name}
      badges={
        <>
          <span className="text-table">
            <ClusterStateDot state={cluster.state} reason={cluster.stateReason} />
          </span>
          {cluster.isBuiltIn && <Badge title="It comes with the installation">built in</Badge>}
        </>
      }
      action={<EditClusterButton cluster={cluster} />}
      facts={<ClusterFacts cluster={cluster} />}
    >
      <ClusterNotice
        cluster={cluster}
        test={cluster.operation?.id ?? test}
        onTest={(operation) => void setTest(operation)}
      />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <ClusterLoad cluster={cluster} />
        <ClusterAddress cluster={cluster} />
      </div>
      {cluster.driver === "postgres" && <ClusterPools cluster={cluster} />}
      <Panel title="Labels" description="Yours to use: to find a cluster, and to tell what it is for.">
        {Object.keys(cluster.labels).length > 0 ? (
          <ClusterLabels labels={cluster.labels} />
        ) : (
          <p className="text-table text-muted">None. Edit the cluster to add some, such as disk=nvme.</p>
        )}
      </Panel>
      <ClusterDanger cluster={cluster} />
    </Page>
  );
}

function ClusterFacts({ cluster }: { cluster: ClusterDetail }) {
  return (
    <Facts
      items={[
        { term: "Slug", value: <Copyable text={cluster.slug} label="Copy slug" /> },
        { term: "Driver", value: driverLabels[cluster.driver] },
        { term: "Region", value: cluster.region },
        { term: "Storage", value: <Bytes value={cluster.storageUsedBytes} /> },
        { term: "Added", value: <Time value={cluster.createdAt} /> },
      ]}
    />
  );
}
