"use client";

import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { statusWord } from "@/components/environments/environment-status";
import { formatBytes } from "@/components/ui/format";
import { mapHeight, neighbour, plotAt, type Direction, type Plot } from "./map-layout";
import { layoutMap } from "./map-lots";
import { paintMap, paintOutline, readTheme } from "./map-paint";
import type { MapTile } from "./map-tiles";
import { prepareCanvas, useMapSurface } from "./use-map-surface";

const directions: Partial<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

interface MapCanvasProps {
  tiles: readonly MapTile[];
  /** Statuses that stand out; null for all. */
  highlighted: ReadonlySet<string> | null;
  selected: MapTile | null;
  onSelect: (tile: MapTile | null) => void;
  /** What the picture shows, for those who do not see it. */
  label: string;
}

/** Every database as a plot of land: its area follows its storage, its colour its status. */
export function MapCanvas({ tiles, highlighted, selected, onSelect, label }: MapCanvasProps) {
  const { frame, width, theme } = useMapSurface();
  const height = mapHeight(tiles.length, width);
  const lots = useMemo(() => layoutMap(tiles, width, height), [tiles, width, height]);
  const estates = useMemo(() => lots.flatMap((lot) => lot.estates), [lots]);
  const plots = useMemo(() => estates.flatMap((estate) => estate.plots), [estates]);
  const picture = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<Plot<MapTile> | null>(null);
  const chosen = selected ? plots.find((plot) => plot.tile.id === selected.id) : undefined;

  useEffect(() => {
    const context = prepareCanvas(picture.current, { width, height });
    if (!context) return;
    paintMap(
      context,
      lots,
      readTheme(document.body),
      (tile) => highlighted !== null && !highlighted.has(tile.status),
    );
  }, [lots, highlighted, width, height, theme]);

  // On a canvas of their own, so that pointing at one of thousands draws one.
  useEffect(() => {
    const context = prepareCanvas(marks.current, { width, height });
    if (!context) return;
    const colours = readTheme(document.body);
    if (hovered) paintOutline(context, hovered, colours.ink, 1.5);
    if (chosen) paintOutline(context, chosen, colours.accent, 2);
  }, [hovered, chosen, width, height, theme]);

  const at = (event: PointerEvent) => plotAt(estates, event.nativeEvent.offsetX, event.nativeEvent.offsetY);

  function press(event: KeyboardEvent) {
    const direction = directions[event.key];
    if (event.key === "Escape") onSelect(null);
    if (!direction) return;
    event.preventDefault();
    const next = chosen ? neighbour(plots, chosen, direction) : plots[0];
    if (next) onSelect(next.tile);
  }

  return (
    <div ref={frame} className="relative min-w-0">
      <canvas
        ref={picture}
        aria-hidden="true"
        className="absolute inset-x-0 top-0 w-full"
        style={{ height }}
      />
      <canvas
        ref={marks}
        role="img"
        aria-label={label}
        tabIndex={0}
        className="relative block w-full cursor-pointer rounded-sm"
        style={{ height }}
        onPointerMove={(event) => setHovered(event.pointerType === "touch" ? null : at(event))}
        onPointerLeave={() => setHovered(null)}
        onPointerDown={(event) => onSelect(at(event)?.tile ?? null)}
        onKeyDown={press}
      />
      {hovered && hovered.tile.id !== selected?.id && <MapHint plot={hovered} width={width} />}
    </div>
  );
}

/** Half of the widest hint: nearer to an edge than this it hangs from that edge of its plot. */
const reach = 150;

function MapHint({ plot, width }: { plot: Plot<MapTile>; width: number }) {
  const { tile, x, y } = plot;
  const middle = x + plot.width / 2;
  const below = y < 56;
  const [left, shift] =
    middle < reach ? [x, "0"] : middle > width - reach ? [x + plot.width, "-100%"] : [middle, "-50%"];
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-1 max-w-[300px] rounded-md bg-panel px-2.5 py-1.5 text-xs shadow-float"
      style={{
        left,
        top: below ? y + plot.height + 6 : y - 6,
        transform: `translate(${shift}, ${below ? "0" : "-100%"})`,
      }}
    >
      <div className="truncate font-medium">
        {tile.organization}/{tile.environment}
      </div>
      <div className="text-muted tabular-nums">
        {statusWord(tile.status)} · {formatBytes(tile.bytes)} · {tile.cluster}
      </div>
    </div>
  );
}
