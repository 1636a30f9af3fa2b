"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Box, Building2, Combine, ListChecks, Server } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { CommandPalette } from "@/components/ui/command-palette";
import type { PaletteGroup } from "@/components/ui/palette-items";
import type { Search } from "@/components/ui/use-search";
import { paletteGroups } from "./palette-groups";
import { recentItems, rememberItem } from "./palette-recent";

export interface PaletteBodyProps {
  isOperator: boolean;
  organization: string | null;
  environment: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What ⌘K opens: everything this person can reach, with what the present page can do first. */
export function PaletteBody({ open, onOpenChange, isOperator, ...at }: PaletteBodyProps) {
  const recent = useMemo(() => (open ? recentItems() : []), [open]);
  const trpc = useTRPC();
  const queryClient = useQueryClient();

  const search: Search<readonly PaletteGroup[]> = useCallback(
    async (text) => {
      if (text === "") return [];
      const [places, operations, clusters, pools] = await Promise.all([
        queryClient.fetchQuery(trpc.navigation.places.queryOptions({ text })),
        queryClient.fetchQuery(trpc.operations.listMine.queryOptions({ search: text, limit: 5 })),
        isOperator
          ? queryClient.fetchQuery(trpc.clusters.list.queryOptions({ search: text, limit: 5 }))
          : { items: [] },
        isOperator
          ? queryClient.fetchQuery(trpc.pools.list.queryOptions({ search: text, limit: 5 }))
          : { items: [] },
      ]);
      return [
        {
          label: "Environments",
          items: places.environments.map((place) => ({
            id: `environment:${place.id}`,
            label: place.name,
            hint:
              place.status === "deleted" ? `${place.organization.name}, deleted` : place.organization.name,
            icon: <Box />,
            end: <EnvironmentPill type={place.envType} />,
            href: paths.environment(place.organization.slug, place.slug),
          })),
        },
        {
          label: "Organizations",
          items: places.organizations.map((place) => ({
            id: `organization:${place.id}`,
            label: place.name,
            icon: <Building2 />,
            href: paths.organization(place.slug),
          })),
        },
        {
          label: "Clusters",
          items: clusters.items.map((cluster) => ({
            id: `cluster:${cluster.id}`,
            label: cluster.name,
            hint: cluster.region,
            icon: <Server />,
            href: paths.fleetCluster(cluster.id),
          })),
        },
        {
          label: "Pools",
          items: pools.items.map((pool) => ({
            id: `pool:${pool.id}`,
            label: pool.name,
            hint: `${pool.cluster.name} in ${pool.cluster.region}`,
            icon: <Combine />,
            href: paths.fleetPool(pool.id),
          })),
        },
        {
          label: "Operations",
          items: operations.items.map((operation) => ({
            id: `operation:${operation.id}`,
            label: operation.title,
            hint: operation.subject,
            icon: <ListChecks />,
            href: paths.operation(operation.id),
          })),
        },
      ];
    },
    [isOperator, queryClient, trpc],
  );

  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      recent={recent}
      groups={paletteGroups({ isOperator, ...at })}
      search={search}
      onChoose={rememberItem}
    />
  );
}
