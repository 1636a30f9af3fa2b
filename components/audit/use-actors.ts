"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import type { AuditRow } from "./audit-words";

interface Choice {
  value: string;
  label: string;
}

/** Who can be filtered by: members, whoever acted on this page, and whoever is chosen already. */
export function useActors(
  organization: string,
  rows: readonly AuditRow[],
  chosen: string | undefined,
): Choice[] {
  const trpc = useTRPC();
  const members = useQuery(trpc.members.list.queryOptions({ organization, limit: 100 }));
  const choices = new Map<string, string>();
  for (const { userId, email } of members.data?.items ?? []) choices.set(userId, email);
  for (const { actor } of rows) {
    if (actor.id !== null && !choices.has(actor.id)) choices.set(actor.id, actor.label);
  }
  if (chosen !== undefined && !choices.has(chosen)) choices.set(chosen, chosen);
  return Array.from(choices, ([value, label]) => ({ value, label })).toSorted((one, other) =>
    one.label.localeCompare(other.label),
  );
}
