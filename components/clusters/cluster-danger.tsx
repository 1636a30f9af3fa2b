"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { PlaceDanger } from "@/components/placement/place-danger";
import { clusterRefusal } from "@/server/domain/clusters/state";
import { RemoveCluster } from "./remove-cluster";
import { useClusterRefresh, type ClusterDetail } from "./use-cluster";

const words = {
  activate: "New databases can land on it again at once.",
  drain: "No new database lands on it from then on. Those that it has stay, and are served as before.",
  asked: "Placement passes it by from this moment on. Its databases stay and are served as before.",
  remove: "Freehold forgets it and its sealed login. What is at the place itself stays as it is.",
};

/** Taking a cluster out of use, putting it back, and forgetting it. */
export function ClusterDanger({ cluster }: { cluster: ClusterDetail }) {
  const trpc = useTRPC();
  const onSuccess = useClusterRefresh();
  const activate = useMutation(trpc.clusters.activate.mutationOptions({ onSuccess }));
  const drain = useMutation(trpc.clusters.drain.mutationOptions({ onSuccess }));
  return (
    <PlaceDanger
      place={cluster}
      refusals={{
        activate: clusterRefusal("activate", cluster),
        drain: clusterRefusal("drain", cluster),
        remove: clusterRefusal("remove", cluster),
      }}
      words={words}
      activate={activate}
      onActivate={() => activate.mutate({ cluster: cluster.id })}
      drain={drain}
      onDrain={(done) => drain.mutate({ cluster: cluster.id }, { onSuccess: done })}
      removal={(dialog) => <RemoveCluster cluster={cluster} {...dialog} />}
    />
  );
}
