"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { statusWord } from "@/components/environments/environment-status";
import { paths } from "@/components/paths";
import { announce } from "@/components/ui/announce";
import { Bytes } from "@/components/ui/bytes";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatBytes } from "@/components/ui/format";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { environmentStatuses, type EnvironmentStatus } from "@/server/domain/environments/names";
import { MapCanvas } from "./map-canvas";
import { MapDetail } from "./map-detail";
import { MapLegend } from "./map-legend";
import { parseTiles, type MapTile } from "./map-tiles";

const mapAge = 30_000;

type Counts = Partial<Record<EnvironmentStatus, number>>;

function countByStatus(tiles: readonly MapTile[]): Counts {
  const counts: Counts = {};
  for (const tile of tiles) counts[tile.status] = (counts[tile.status] ?? 0) + 1;
  return counts;
}

function inWords(counts: Counts, total: number, clusters: number): string {
  const parts = environmentStatuses.flatMap((status) =>
    counts[status] ? [`${counts[status].toLocaleString("en-GB")} ${statusWord(status).toLowerCase()}`] : [],
  );
  const databases = total === 1 ? "1 database" : `${total.toLocaleString("en-GB")} databases`;
  const places = clusters === 1 ? "on one cluster" : `on ${clusters} clusters`;
  return `Map of ${databases} ${places}: ${parts.join(", ")}. Arrow keys go from one to the next.`;
}

/** All databases at a glance, and beside the picture the same in words. */
export function FleetMap() {
  const trpc = useTRPC();
  const query = useQuery(trpc.fleet.map.queryOptions({}, { staleTime: mapAge, refetchInterval: mapAge }));
  const { data } = query;
  const total = data?.total ?? 0;
  const tiles = useMemo(() => parseTiles(data?.lines ?? ""), [data?.lines]);
  const drawn = tiles.length;
  return (
    <Panel
      title="Databases"
      description={
        drawn < total
          ? `The newest ${drawn.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}. Land follows storage, on a logarithmic scale; colour is the status of the environment.`
          : "Land follows storage, on a logarithmic scale; colour is the status of the environment."
      }
    >
      {data ? (
        <MapBody tiles={tiles} />
      ) : query.isError ? (
        <ErrorState title="The map could not be loaded" onRetry={() => void query.refetch()}>
          {explain(query.error).message}
        </ErrorState>
      ) : (
        <Skeleton className="h-[180px] w-full" />
      )}
    </Panel>
  );
}

function MapBody({ tiles }: { tiles: readonly MapTile[] }) {
  const [highlighted, setHighlighted] = useState<ReadonlySet<string> | null>(null);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const counts = useMemo(() => countByStatus(tiles), [tiles]);
  const clusters = useMemo(() => new Set(tiles.map((tile) => tile.cluster)).size, [tiles]);
  const selected = selectedId ? (tiles.find((tile) => tile.id === selectedId) ?? null) : null;
  function select(tile: MapTile | null) {
    setSelectedId(tile?.id ?? null);
    if (tile)
      announce(
        `${tile.organization}/${tile.environment}, ${statusWord(tile.status)}, ${formatBytes(tile.bytes)}, on ${tile.cluster}`,
      );
  }
  if (tiles.length === 0) {
    return (
      <EmptyState
        action={<LinkButton href={paths.newOrganization()}>Create organization</LinkButton>}
        command="freehold org create Acme"
      >
        Every database of the installation appears here as a plot of land, from the first organization on.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_15rem]">
      <MapCanvas
        tiles={tiles}
        highlighted={highlighted}
        selected={selected}
        onSelect={select}
        label={inWords(counts, tiles.length, clusters)}
      />
      <div className="flex min-w-0 flex-col gap-4">
        <MapLegend counts={counts} highlighted={highlighted} onChange={setHighlighted} />
        {selected ? (
          <MapDetail tile={selected} onClose={() => select(null)} />
        ) : (
          <Largest tiles={tiles} onSelect={select} />
        )}
      </div>
    </div>
  );
}

function Largest({ tiles, onSelect }: { tiles: readonly MapTile[]; onSelect: (tile: MapTile) => void }) {
  const largest = useMemo(() => tiles.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5), [tiles]);
  return (
    <section className="min-w-0 border-t border-line pt-3">
      <h3 className="px-2 pb-1 text-xs text-faint">Largest</h3>
      <ol>
        {largest.map((tile) => (
          <li key={tile.id}>
            <button
              type="button"
              onClick={() => onSelect(tile)}
              className="flex h-7 w-full min-w-0 items-center justify-between gap-3 rounded-sm px-2 text-left text-table hover:bg-hover pointer-coarse:h-9"
            >
              <span className="min-w-0 truncate">
                {tile.organization}/{tile.environment}
              </span>
              <Bytes value={tile.bytes} className="shrink-0 text-muted tabular-nums" />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
