"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { ownersInput } from "./owners-input";

/** How many owners the organization has; null until it is known. */
export function useOwnerCount(organization: string): number | null {
  const trpc = useTRPC();
  const query = useQuery(trpc.members.list.queryOptions(ownersInput(organization)));
  return query.data?.total ?? null;
}
