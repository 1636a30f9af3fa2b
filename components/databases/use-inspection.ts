"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";

/** Looks into the database now and then keeps what it saw for half a minute. */
export function useInspection(environmentId: string, isPossible: boolean) {
  const trpc = useTRPC();
  return useQuery(
    trpc.environments.inspect.queryOptions(
      { environment: environmentId },
      { enabled: isPossible, retry: false, staleTime: 30_000 },
    ),
  );
}

export type Inspection = ReturnType<typeof useInspection>;
