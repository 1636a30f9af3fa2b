export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the layout needs to know of a database. */
export interface Parcel {
  id: string;
  organization: string;
  bytes: number;
}

export interface Plot<Tile> extends Box {
  tile: Tile;
}

/** The plots of one organization; `header` is the height that its name takes, 0 where it has no room. */
export interface Estate<Tile> extends Box {
  organization: string;
  header: number;
  plots: Plot<Tile>[];
}

const headerHeight = 20;

/** Area per database: logarithmic, so that gigabytes stand out and kilobytes stay visible. */
export function weightOf(bytes: number): number {
  return 1 + Math.log2(1 + bytes / 65_536);
}

/** How high the map is: more for many databases, and beside its legend at least as high as that. */
export function mapHeight(count: number, width: number): number {
  const isNarrow = width < 440;
  const fitting = Math.round(72 + 26 * Math.sqrt(count));
  return Math.min(isNarrow ? 420 : 520, Math.max(isNarrow ? 96 : 308, fitting));
}

/** Parcels the box out: organizations beside each other, in each its databases, larger ones first. */
export function layoutEstates<Tile extends Parcel>(tiles: readonly Tile[], box: Box): Estate<Tile>[] {
  const { width, height } = box;
  if (tiles.length === 0 || width <= 0 || height <= 0) return [];
  const side = Math.sqrt((width * height) / tiles.length);
  const gap = side > 40 ? 2 : side > 12 ? 1 : 0.5;
  const groups = groupByOrganization(tiles);
  const estates = squarify(groups, (group) => group.weight, box);
  return estates.map(({ item, ...land }) => {
    const outer = inset(land, side > 12 ? gap * 1.5 : gap);
    const header = outer.width >= 72 && outer.height >= 44 ? headerHeight : 0;
    const inner = { ...outer, y: outer.y + header, height: outer.height - header };
    const plots = squarify(item.tiles, (tile) => weightOf(tile.bytes), inner).map(
      ({ item: tile, ...plot }) => ({
        ...inset(plot, gap),
        tile,
      }),
    );
    return { ...outer, organization: item.organization, header, plots };
  });
}

function groupByOrganization<Tile extends Parcel>(tiles: readonly Tile[]) {
  const groups = Map.groupBy(tiles, (tile) => tile.organization);
  return Array.from(groups, ([organization, members]) => ({
    organization,
    tiles: members.toSorted((a, b) => b.bytes - a.bytes || (a.id < b.id ? -1 : 1)),
    weight: members.reduce((sum, tile) => sum + weightOf(tile.bytes), 0),
  })).toSorted((a, b) => b.weight - a.weight || (a.organization < b.organization ? -1 : 1));
}

export function inset(box: Box, by: number): Box {
  const x = Math.min(by, box.width / 4);
  const y = Math.min(by, box.height / 4);
  return { x: box.x + x, y: box.y + y, width: box.width - 2 * x, height: box.height - 2 * y };
}

type Placed<Item> = Box & { item: Item };

/** Squarified treemap (Bruls, Huizing, van Wijk): rows along the shorter side, each as near to squares as it gets. */
export function squarify<Item>(
  items: readonly Item[],
  weight: (item: Item) => number,
  box: Box,
): Placed<Item>[] {
  const placed: Placed<Item>[] = [];
  let rest = box;
  let remaining = items.reduce((sum, item) => sum + weight(item), 0);
  for (let start = 0; start < items.length;) {
    const scale = (rest.width * rest.height) / remaining;
    const { end, sum } = nextRow(items, start, { weight, scale, side: Math.min(rest.width, rest.height) });
    placed.push(...placeRow(items.slice(start, end), weight, { box: rest, sum, scale }));
    rest = without(rest, sum * scale);
    remaining -= sum;
    start = end;
  }
  return placed;
}

interface RowRule<Item> {
  weight: (item: Item) => number;
  scale: number;
  side: number;
}

/** Takes items into the row as long as its worst one becomes no less square. */
function nextRow<Item>(items: readonly Item[], start: number, { weight, scale, side }: RowRule<Item>) {
  let sum = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  let worst = Number.POSITIVE_INFINITY;
  let end = start;
  for (const item of items.slice(start)) {
    const next = weight(item);
    const [low, high, total] = [Math.min(smallest, next), Math.max(largest, next), sum + next];
    const area = total * scale;
    const ratio = Math.max(
      (side * side * high * scale) / (area * area),
      (area * area) / (side * side * low * scale),
    );
    if (ratio > worst) break;
    [smallest, largest, sum, worst] = [low, high, total, ratio];
    end++;
  }
  return { end, sum };
}

interface RowPlace {
  box: Box;
  sum: number;
  scale: number;
}

function placeRow<Item>(
  row: readonly Item[],
  weight: (item: Item) => number,
  { box, sum, scale }: RowPlace,
): Placed<Item>[] {
  const upright = box.width >= box.height;
  const thickness = (sum * scale) / (upright ? box.height : box.width);
  let offset = 0;
  return row.map((item) => {
    const length = (weight(item) * scale) / thickness;
    const place = upright
      ? { x: box.x, y: box.y + offset, width: thickness, height: length }
      : { x: box.x + offset, y: box.y, width: length, height: thickness };
    offset += length;
    return { ...place, item };
  });
}

function without(box: Box, area: number): Box {
  if (box.width >= box.height) {
    const taken = area / box.height;
    return { ...box, x: box.x + taken, width: Math.max(0, box.width - taken) };
  }
  const taken = area / box.width;
  return { ...box, y: box.y + taken, height: Math.max(0, box.height - taken) };
}

/** What lies at the point, if anything. */
export function plotAt<Tile>(estates: readonly Estate<Tile>[], x: number, y: number): Plot<Tile> | null {
  const estate = estates.find((candidate) => contains(candidate, x, y));
  return estate?.plots.find((plot) => contains(plot, x, y)) ?? null;
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

export type Direction = "left" | "right" | "up" | "down";

/** The nearest plot that way; null at the edge. */
export function neighbour<Tile>(
  plots: readonly Plot<Tile>[],
  from: Plot<Tile>,
  direction: Direction,
): Plot<Tile> | null {
  const [cx, cy] = [from.x + from.width / 2, from.y + from.height / 2];
  let best: Plot<Tile> | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const plot of plots) {
    const [dx, dy] = [plot.x + plot.width / 2 - cx, plot.y + plot.height / 2 - cy];
    const [along, across] = direction === "left" || direction === "right" ? [dx, dy] : [dy, dx];
    const ahead = direction === "left" || direction === "up" ? -along : along;
    // Straight ahead counts for more than near but aside.
    const distance = ahead + 2 * Math.abs(across);
    if (plot === from || ahead <= 0.5 || distance >= least) continue;
    best = plot;
    least = distance;
  }
  return best;
}
