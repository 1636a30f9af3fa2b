"use client";

import { useQuery } from "@tanstack/react-query";
import { driverLabels } from "@/components/clusters/cluster-words";
import { useTRPC } from "@/components/api/trpc";
import type { SelectOption } from "@/components/ui/select-option";
import type { Rule } from "./placement-words";
import { driverTargets, formOf, poolOn } from "./rule-form";

/** Where a rule can lead: the best cluster of a driver, or one by name. */
export function useTargets(rule: Rule | null): SelectOption[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.clusters.list.queryOptions({ limit: 100 }));
  const items = data?.items ?? [];
  const clusters = items.map(({ id, slug, driver, region }) => ({
    value: id,
    label: slug,
    description: `${driverLabels[driver]} in ${region}`,
  }));
  const pools = items
    .filter(({ driver }) => driver === "postgres")
    .map(({ id, slug, region }) => ({
      value: poolOn(id),
      label: `A pool on ${slug}`,
      description: `Rows behind row level security in ${region}`,
    }));
  const present = rule?.cluster;
  const isMissing = present && !items.some(({ id }) => id === present.id);
  const gone = isMissing ? [{ value: formOf(rule).cluster, label: present.slug }] : [];
  return [...driverTargets, ...gone, ...clusters, ...pools];
}
