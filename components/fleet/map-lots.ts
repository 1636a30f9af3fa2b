import { inset, layoutEstates, squarify, weightOf, type Box, type Estate, type Parcel } from "./map-layout";

interface Sited extends Parcel {
  /** The slug of its cluster. */
  cluster: string;
}

/** The land of one cluster; `header` is the height that its name takes, 0 where it is the only one or has no room. */
export interface Lot<Tile> extends Box {
  cluster: string;
  count: number;
  header: number;
  estates: Estate<Tile>[];
}

const headerHeight = 24;
const leastWidth = 112;
const gap = 3;

/** The whole map: clusters as columns, in each its organizations with their databases. */
export function layoutMap<Tile extends Sited>(
  tiles: readonly Tile[],
  width: number,
  height: number,
): Lot<Tile>[] {
  if (tiles.length === 0 || width <= 0 || height <= 0) return [];
  const clusters = groupByCluster(tiles);
  const whole = { x: 0, y: 0, width, height };
  const [only] = clusters;
  if (only && clusters.length === 1)
    return [
      {
        ...whole,
        cluster: only.cluster,
        count: tiles.length,
        header: 0,
        estates: layoutEstates(tiles, whole),
      },
    ];
  return boxesOf(clusters, whole).map((box, index) => {
    const { cluster, members } = clusters[index] ?? { cluster: "", members: [] };
    const outer = inset(box, gap);
    const header = outer.width >= 64 && outer.height >= 56 ? headerHeight : 0;
    const inner = { ...outer, y: outer.y + header, height: outer.height - header };
    return { ...outer, cluster, count: members.length, header, estates: layoutEstates(members, inner) };
  });
}

interface Cluster<Tile> {
  cluster: string;
  members: Tile[];
  weight: number;
}

function groupByCluster<Tile extends Sited>(tiles: readonly Tile[]): Cluster<Tile>[] {
  return Array.from(
    Map.groupBy(tiles, (tile) => tile.cluster),
    ([cluster, members]) => ({
      cluster,
      members,
      weight: members.reduce((sum, tile) => sum + weightOf(tile.bytes), 0),
    }),
  ).toSorted((a, b) => b.weight - a.weight || (a.cluster < b.cluster ? -1 : 1));
}

/** Columns whose width follows the weight while each has room for its name; else patches of the whole. */
function boxesOf(clusters: readonly Cluster<unknown>[], whole: Box): Box[] {
  const spare = whole.width - clusters.length * leastWidth;
  if (spare < 0) return squarify(clusters, ({ weight }) => weight, whole);
  const total = clusters.reduce((sum, { weight }) => sum + weight, 0);
  let x = whole.x;
  return clusters.map(({ weight }) => {
    const width = leastWidth + (spare * weight) / total;
    const box = { ...whole, x, width };
    x += width;
    return box;
  });
}
