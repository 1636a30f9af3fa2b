"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useEffect } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { notify } from "@/components/ui/notify";

export type EnvironmentDetail = ApiOutputs["environments"]["get"];

/** The environment of a page, looked at again while it moves. When it is gone, so is the page: the list follows. */
export function useEnvironment(organization: string, environmentId: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useQuery(
    trpc.environments.get.queryOptions(
      { environment: environmentId },
      {
        retry: (count, error) => error.data?.code !== "not_found" && count < 1,
        refetchInterval: ({ state }) =>
          state.status === "success" && state.data ? lookAgainMs(state.data) : false,
      },
    ),
  );
  const isGone = query.error?.data?.code === "not_found";
  const name = query.data?.name;
  useEffect(() => {
    if (!isGone) return;
    notify({ message: name ? `${name} is gone` : "The environment is gone" });
    router.replace(paths.environments(organization));
  }, [isGone, name, organization, router]);
  return query;
}

/** Soon while something is under way, from time to time while a measurement may bring writes back. */
function lookAgainMs({ status, lastOperation, placement }: EnvironmentDetail): number | false {
  if (status.endsWith("ing") || isOpenOperation(lastOperation)) return 1000;
  return placement.isOverLimit ? 15_000 : false;
}

const isOpenOperation = (operation: EnvironmentDetail["lastOperation"]) =>
  operation !== null && ["queued", "running", "undoing"].includes(operation.status);

/** Reads everything anew that a change to an environment shows in. */
export function useEnvironmentRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(async () => {
    const changed = [
      trpc.environments,
      trpc.credentials,
      trpc.operations,
      trpc.audit,
      trpc.members,
      trpc.navigation,
    ];
    await Promise.all(changed.map((router) => queryClient.invalidateQueries(router.pathFilter())));
  }, [queryClient, trpc]);
}
