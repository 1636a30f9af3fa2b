"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";

export type ClusterDetail = ApiOutputs["clusters"]["get"];

/** The cluster of the page; looked at again by and by, since databases come and go. */
export function useCluster(clusterId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.clusters.get.queryOptions({ cluster: clusterId }, { refetchInterval: 15_000 }));
}

/** Reads anew what shows clusters: the pages of clusters, placement and the fleet. */
export function useClusterRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [trpc.clusters, trpc.placement, trpc.fleet].map((part) =>
          queryClient.invalidateQueries(part.pathFilter()),
        ),
      ),
    [queryClient, trpc],
  );
}
