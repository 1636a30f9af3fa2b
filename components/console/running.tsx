"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { RunningOperations } from "@/components/shell/running-operations";

/** How many operations of this person are under way, looked up every few seconds while the page is visible. */
export function Running() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.operations.running.queryOptions({}, { refetchInterval: 5_000 }));
  return <RunningOperations count={data?.count ?? 0} href={paths.operations()} />;
}
