"use client";

import { useQuery } from "@tanstack/react-query";
import { driverLabels } from "@/components/clusters/cluster-words";
import { useTRPC } from "@/components/api/trpc";
import type { SelectOption } from "@/components/ui/select";
import type { Rule } from "./placement-words";
import { driverTargets } from "./rule-form";

/** Where a rule can lead: the best cluster of a driver, or one by name. */
export function useTargets(rule: Rule | null): SelectOption[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.clusters.list.queryOptions({ limit: 100 }));
  const clusters = (data?.items ?? []).map(({ id, slug, driver, region }) => ({
    value: id,
    label: slug,
    description: `${driverLabels[driver]} in ${region}`,
  }));
  const present = rule?.cluster;
  const isMissing = present && !clusters.some(({ value }) => value === present.id);
  return [...driverTargets, ...(isMissing ? [{ value: present.id, label: present.slug }] : []), ...clusters];
}
