import { expect, test } from "vitest";

import { nextSort, placeColumns, type Column } from "./data-table-columns";

test("a head asks for ascending, then descending, then the list's own order", () => {
  const first = nextSort("name", null);
  const second = nextSort("name", first);
  expect(first).toEqual({ column: "name", direction: "asc" });
  expect(second).toEqual({ column: "name", direction: "desc" });
  expect(nextSort("name", second)).toBeNull();
  expect(nextSort("size", second)).toEqual({ column: "size", direction: "asc" });
});

const column = (id: string, more: Partial<Column<never>> = {}): Column<never> => ({
  id,
  header: id,
  cell: () => null,
  ...more,
});

test("what is secondary waits until it has the width that it asks for, in the order of the columns", () => {
  const secondary = { width: "10rem", secondary: true };
  const columns = [
    column("name"),
    column("status", { width: "400px" }),
    column("a", secondary),
    column("b", secondary),
  ];
  const styles = (controls: number) => placeColumns(columns, controls).map(({ colStyle }) => colStyle);
  expect(styles(0)).toEqual(["", "", "@max-[800px]:hidden", "@max-[960px]:hidden"]);
  expect(styles(80)).toEqual(["", "", "@max-[880px]:hidden", "@max-[1040px]:hidden"]);
});

test("a phone has the name, then facts after their headers, without what is secondary", () => {
  const [name, fact, hidden, kept] = placeColumns(
    [
      column("name"),
      column("fact"),
      column("hidden", { secondary: true }),
      column("kept", { secondary: true, stacked: "named" }),
    ],
    0,
  );
  expect(name?.cellStyle).toContain("stacked:flex-1");
  expect(fact?.cellStyle).toContain("data-header");
  expect(hidden?.cellStyle).toMatch(/stacked:hidden$/);
  expect(kept?.cellStyle).toContain("data-header");
  expect(kept?.headStyle).toContain("stacked:sr-only");
});
