import { expect, test } from "vitest";
import { ago, size, widthOf } from "./print";

test("times are told from now, in the largest unit that fits", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const told = [
    "2026-11-21T11:59:40Z",
    "2026-11-21T11:57:10Z",
    "2026-11-20T11:00:00Z",
    "2024-01-01T00:00:00Z",
    "2026-11-21T14:00:00Z",
    "2027-02-19T11:59:58Z",
  ];
  expect(told.map((moment) => ago(moment, now))).toEqual([
    "now",
    "2 minutes ago",
    "1 day ago",
    "2 years ago",
    "in 2 hours",
    "in 3 months",
  ]);
});

test("sizes are told in powers of 1024, in the words of the console", () => {
  expect([0, 1023, 1024, 1_572_864, 5 * 1024 ** 3].map(size)).toEqual([
    "0 B",
    "1,023 B",
    "1 kB",
    "1.5 MB",
    "5 GB",
  ]);
});

test("widths are those of a terminal's cells", () => {
  expect(["prod", "Prévu", "日本", "\u001b[31mred\u001b[0m", "👩‍👩‍👧"].map(widthOf)).toEqual([4, 5, 4, 3, 2]);
});
