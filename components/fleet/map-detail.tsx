"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTRPC } from "@/components/api/trpc";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { paths } from "@/components/paths";
import { Bytes } from "@/components/ui/bytes";
import { Copyable } from "@/components/ui/copyable";
import { IconButton } from "@/components/ui/icon-button";
import { TextLink } from "@/components/ui/text-link";
import type { MapTile } from "./map-tiles";

/** Where the chosen database belongs and how it does, and where to go from here. */
export function MapDetail({ tile, onClose }: { tile: MapTile; onClose: () => void }) {
  const trpc = useTRPC();
  const { organization, environment } = tile;
  // Whoever is not a member gets a refusal, which is an answer too.
  const place = useQuery(
    trpc.navigation.locate.queryOptions({ organization, environment }, { retry: false, staleTime: 60_000 }),
  );
  return (
    <section
      aria-label="Chosen database"
      className="flex min-w-0 flex-col gap-2 rounded-md border border-line p-3 text-table"
    >
      <div className="flex items-start justify-between gap-2">
        <h3 className="min-w-0 font-medium [overflow-wrap:anywhere]">
          {organization}/{environment}
        </h3>
        <IconButton size="sm" label="Close" icon={<X />} onClick={onClose} className="-mt-1 -mr-1" />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <EnvironmentStatusDot status={tile.status} />
        <Bytes value={tile.bytes} className="text-muted tabular-nums" />
      </div>
      <Copyable text={tile.id} label="Copy environment id" className="text-muted" />
      <ul className="flex flex-col gap-1 border-t border-line pt-2">
        <li>
          <TextLink href={paths.fleetOrganizations(organization)}>Organization {organization}</TextLink>
        </li>
        <li>
          <TextLink href={paths.fleetClusters({ search: tile.cluster })}>Cluster {tile.cluster}</TextLink>
        </li>
        <li>
          <TextLink href={paths.fleetOperations({ search: `${organization}/${environment}` })}>
            Its operations
          </TextLink>
        </li>
        {place.isSuccess && (
          <li>
            <TextLink href={paths.environment(organization, environment)}>Open the environment</TextLink>
          </li>
        )}
      </ul>
      {place.isError && (
        <p className="text-xs text-faint">
          You are not a member: operators see that it is there, not what is in it.
        </p>
      )}
    </section>
  );
}
