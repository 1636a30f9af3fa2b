import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutMap, neighbour, plotAt, squarify, weightOf, type Box, type Parcel } from "./map-layout";

const parcels = (count: number, organizations: number): Parcel[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `e${n}`,
    organization: `o${n % organizations}`,
    bytes: 2 ** (16 + (n % 14)),
  }));

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
  const estates = layoutMap(tiles, 1100, 500);
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
  const [estate] = layoutMap(
    [
      { id: "big", organization: "a", bytes: 2 ** 34 },
      { id: "small", organization: "a", bytes: 0 },
    ],
    600,
    120,
  );
  const [big, small] = estate?.plots ?? [];
  expect(area(big!)).toBeGreaterThan(area(small!) * 5);
  expect(area(small!)).toBeGreaterThan(500);
});

test("ten thousand databases all get a plot that can be seen, without quadratic work", () => {
  const tiles = parcels(10_000, 3000);
  const start = performance.now();
  const plots = layoutMap(tiles, 1100, 520).flatMap((estate) => estate.plots);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(plots).toHaveLength(10_000);
  expect(plots.every((plot) => plot.width > 0.5 && plot.height > 0.5)).toBe(true);
});

test("arrow keys reach every plot from the first", () => {
  const plots = layoutMap(parcels(60, 9), 900, 300).flatMap((estate) => estate.plots);
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
