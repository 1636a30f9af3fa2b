"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { isUnfinished } from "@/server/domain/operations/names";

const pollMs = 1000;

/**
 * An operation as it moves: streamed while it is unfinished, asked for every second while
 * there is no stream. When it ends, whatever the page shows of environments, clusters and pools is read anew.
 */
export function useOperation(operationId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [streaming, setStreaming] = useState(false);
  const input = { operation: operationId };
  const query = useQuery(
    trpc.operations.get.queryOptions(input, {
      refetchInterval: ({ state }) => {
        const over = state.data ? !isUnfinished(state.data.status) : state.status === "error";
        return over || streaming || state.error?.data?.code === "not_found" ? false : pollMs;
      },
    }),
  );
  const isGone = query.error?.data?.code === "not_found";
  const moving = query.data !== undefined && isUnfinished(query.data.status) && !isGone;

  useSubscription(
    trpc.operations.watch.subscriptionOptions(input, {
      enabled: moving,
      onData: (operation) => queryClient.setQueryData(trpc.operations.get.queryKey(input), operation),
      onConnectionStateChange: ({ state }) => setStreaming(state === "pending"),
      onError: () => setStreaming(false),
    }),
  );

  const wasMoving = useRef(moving);
  useEffect(() => {
    const ended = wasMoving.current && !moving;
    wasMoving.current = moving;
    if (!ended) return;
    for (const changed of [trpc.environments, trpc.operations, trpc.audit, trpc.clusters, trpc.pools]) {
      void queryClient.invalidateQueries(changed.pathFilter());
    }
  }, [moving, queryClient, trpc]);

  return { operation: query.data, isGone, query };
}
