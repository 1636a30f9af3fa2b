"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/components/api/trpc";

/** Reads the policy anew, and with it whatever is being tried. */
export function usePlacementRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(() => queryClient.invalidateQueries(trpc.placement.pathFilter()), [queryClient, trpc]);
}
