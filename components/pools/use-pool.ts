"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useEffect } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { notify } from "@/components/ui/notify";

export type PoolDetail = ApiOutputs["pools"]["get"];
export type PoolPackage = PoolDetail["packages"][number];

/** The pool of the page, looked at again while something moves in it. When it is gone, the list follows. */
export function usePool(poolId: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useQuery(
    trpc.pools.get.queryOptions(
      { pool: poolId },
      {
        retry: (count, error) => error.data?.code !== "not_found" && count < 1,
        refetchInterval: ({ state }) => {
          if (state.error?.data?.code === "not_found") return false;
          return state.data && isMoving(state.data) ? 1000 : 15_000;
        },
      },
    ),
  );
  const isGone = query.error?.data?.code === "not_found";
  const name = query.data?.name;
  useEffect(() => {
    if (!isGone) return;
    notify({ message: name ? `${name} is removed` : "The pool is gone" });
    router.replace(paths.fleetPools());
  }, [isGone, name, router]);
  return query;
}

const isMoving = ({ operation, packages }: PoolDetail) =>
  operation !== null || packages.some(({ status }) => status === "installing");

/** Reads anew what shows pools: their pages, clusters, placement, isolation and the fleet. */
export function usePoolRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [trpc.pools, trpc.clusters, trpc.placement, trpc.isolation, trpc.fleet].map((part) =>
          queryClient.invalidateQueries(part.pathFilter()),
        ),
      ),
    [queryClient, trpc],
  );
}
