import fc from "fast-check";
import { expect, test } from "vitest";
import { neighbour, plotAt, squarify, weightOf, type Box } from "./map-layout";
import { layoutMap } from "./map-lots";

const parcels = (count: number, organizations: number, clusters = 1) =>
  Array.from({ length: count }, (_, n) => ({
    id: `e${n}`,
    organization: `o${n % organizations}`,
    cluster: `c${n % clusters}`,
    bytes: 2 ** (16 + (n % 14)),
  }));

type Tile = ReturnType<typeof parcels>[number];

const estatesOf = (tiles: Tile[], width: number, height: number) =>
  layoutMap(tiles, width, height).flatMap((lot) => lot.estates);
const plotsOf = (tiles: Tile[], width: number, height: number) =>
  estatesOf(tiles, width, height).flatMap((estate) => estate.plots);

const area = (box: Box) => box.width * box.height;

test("areas follow the weights, fill the box and do not overlap", () => {
  const weights = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      weights,
      fc.integer({ min: 20, max: 2000 }),
      fc.integer({ min: 20, max: 2000 }),
      (values, width, height) => {
        const total = values.reduce((sum, value) => sum + value, 0);
        const placed = squarify(
          values.toSorted((a, b) => b - a),
          (value) => value,
          { x: 0, y: 0, width, height },
        );
        expect(placed).toHaveLength(values.length);
        for (const box of placed) {
          expect(area(box) / ((box.item / total) * width * height)).toBeCloseTo(1, 4);
          expect(box.x).toBeGreaterThanOrEqual(-0.001);
          expect(box.y + box.height).toBeLessThanOrEqual(height + 0.001);
          expect(box.x + box.width).toBeLessThanOrEqual(width + 0.001);
        }
        const crossing = placed.some((a, n) =>
          placed
            .slice(n + 1)
            .some(
              (b) =>
                a.x + a.width - b.x > 0.01 &&
                b.x + b.width - a.x > 0.01 &&
                a.y + a.height - b.y > 0.01 &&
                b.y + b.height - a.y > 0.01,
            ),
        );
        expect(crossing).toBe(false);
      },
    ),
  );
});

test("each database has its plot, inside its organization's, and is found at its own middle", () => {
  const tiles = parcels(300, 40);
  const estates = estatesOf(tiles, 1100, 500);
  const plots = estates.flatMap((estate) => estate.plots);
  expect(new Set(plots.map((plot) => plot.tile.id)).size).toBe(300);
  for (const estate of estates) {
    for (const plot of estate.plots) {
      expect(plot.tile.organization).toBe(estate.organization);
      expect(plot.y).toBeGreaterThanOrEqual(estate.y + estate.header - 0.001);
      expect(plotAt(estates, plot.x + plot.width / 2, plot.y + plot.height / 2)?.tile.id).toBe(plot.tile.id);
    }
  }
});

test("a larger database gets more land, and an empty one still some", () => {
  expect(weightOf(0)).toBe(1);
  expect(weightOf(10 * 2 ** 30)).toBeGreaterThan(weightOf(2 ** 20) * 2);
  const [estate] = estatesOf(
    [
      { id: "big", organization: "a", cluster: "c", bytes: 2 ** 34 },
      { id: "small", organization: "a", cluster: "c", bytes: 0 },
    ],
    600,
    120,
  );
  const [big, small] = estate?.plots ?? [];
  expect(area(big!)).toBeGreaterThan(area(small!) * 5);
  expect(area(small!)).toBeGreaterThan(500);
});

test("ten thousand databases all get a plot that can be seen, without quadratic work", () => {
  const tiles = parcels(10_000, 3000, 12);
  const start = performance.now();
  const plots = plotsOf(tiles, 1100, 520);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(plots).toHaveLength(10_000);
  expect(plots.every((plot) => plot.width > 0.5 && plot.height > 0.5)).toBe(true);
});

test("arrow keys reach every plot from the first", () => {
  const plots = plotsOf(parcels(60, 9, 3), 900, 300);
  const seen = new Set([plots[0]!]);
  for (const plot of seen) {
    for (const direction of ["left", "right", "up", "down"] as const) {
      const next = neighbour(plots, plot, direction);
      if (next) seen.add(next);
    }
  }
  expect(seen.size).toBe(60);
});

test("nothing to show is no plots", () => {
  expect(layoutMap([], 900, 300)).toEqual([]);
  expect(layoutMap(parcels(3, 1), 0, 0)).toEqual([]);
});

test.each([
  ["columns", 1100],
  ["patches where columns have no room", 360],
])("several clusters are %s that share the land and keep to themselves", (_, width) => {
  const lots = layoutMap(parcels(600, 40, 7), width, 420);
  expect(lots.map((lot) => lot.cluster).toSorted()).toEqual(["c0", "c1", "c2", "c3", "c4", "c5", "c6"]);
  expect(lots.reduce((sum, lot) => sum + lot.count, 0)).toBe(600);
  for (const lot of lots) {
    for (const plot of lot.estates.flatMap((estate) => estate.plots)) {
      expect(plot.tile.cluster).toBe(lot.cluster);
      expect(plot.x).toBeGreaterThanOrEqual(lot.x - 0.001);
      expect(plot.x + plot.width).toBeLessThanOrEqual(lot.x + lot.width + 0.001);
      expect(plot.y).toBeGreaterThanOrEqual(lot.y + lot.header - 0.001);
      expect(plot.y + plot.height).toBeLessThanOrEqual(lot.y + lot.height + 0.001);
    }
  }
});

test("as columns, every cluster has room for its name, and the fuller one more of it", () => {
  const [full, empty] = layoutMap(
    [...parcels(500, 20), { ...parcels(1, 1)[0]!, id: "x", cluster: "c9" }],
    900,
    300,
  );
  expect(full?.width).toBeGreaterThan(600);
  expect(empty?.width).toBeGreaterThan(100);
});

test("a single cluster needs no name on the map", () => {
  expect(layoutMap(parcels(9, 2), 900, 300)).toMatchObject([{ header: 0, x: 0, width: 900, height: 300 }]);
});
