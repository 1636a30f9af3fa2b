import { expect, test } from "vitest";

import { nextSort, widthFor } from "./data-table-columns";

test("a head asks for ascending, then descending, then the list's own order", () => {
  const first = nextSort("name", null);
  const second = nextSort("name", first);
  expect(first).toEqual({ column: "name", direction: "asc" });
  expect(second).toEqual({ column: "name", direction: "desc" });
  expect(nextSort("name", second)).toBeNull();
  expect(nextSort("size", second)).toEqual({ column: "size", direction: "asc" });
});

test("a table asks for the width of its columns, without those that narrow tables hide", () => {
  expect(widthFor([{}, { width: "8rem" }])).toBe(440);
  expect(widthFor([{}, { width: "20rem" }, { width: "120px" }])).toBe(680);
  expect(widthFor([{}, { width: "20rem", secondary: true }])).toBe(440);
  expect(widthFor([{}, { width: "90rem" }])).toBe(920);
});
