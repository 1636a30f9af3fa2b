"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/components/api/trpc";

/** Reads everything anew that a change to a credential shows in. */
export function useCredentialRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(async () => {
    const changed = [trpc.credentials, trpc.operations, trpc.audit];
    await Promise.all(changed.map((router) => queryClient.invalidateQueries(router.pathFilter())));
  }, [queryClient, trpc]);
}
