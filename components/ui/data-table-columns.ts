import {
  createColumnHelper,
  rowSelectionFeature,
  tableFeatures,
  type RowSelectionState,
  type Updater,
} from "@tanstack/react-table";
import type { Route } from "next";
import type { ReactNode } from "react";

import { cn } from "./cn";

/**
 * Where a cell stands on a phone, whose rows are stacked: to the right of the name, or in the line
 * below it, alone or after its header.
 */
export type StackedPlace = "beside" | "plain" | "named" | "hidden";

export interface Column<Row> {
  id: string;
  /** Sentence case, one or two words. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** The server can sort by it. */
  sortable?: boolean;
  /** In rem or px, such as "9rem"; columns without one share the rest. */
  width?: string;
  align?: "start" | "end";
  /** Left out where the table has no room for it: the ones before it stay longer. */
  secondary?: boolean;
  /** "hidden" by default for what is secondary, and "named" for the rest. */
  stacked?: StackedPlace;
  /** The full text of the cell, on hover, for what may be truncated. */
  title?: (row: Row) => string;
  /** The first column by default: its cell becomes the link of the row. */
  href?: (row: Row) => Route | null;
}

/** A column with how its head, its cells and its col look at each width. */
export type PlacedColumn<Row> = Column<Row> & Record<"headStyle" | "cellStyle" | "colStyle", string>;

// Rows are flex boxes when they are stacked. The order: name 0, beside it 1, the menu 2, the line's end 3, facts 4.
export const stackedRow =
  "stacked:flex stacked:flex-wrap stacked:items-center stacked:border-b stacked:border-line stacked:px-2 stacked:py-1.5 stacked:after:order-3 stacked:after:basis-full";
export const stackedControl =
  "stacked:order-2 stacked:block stacked:h-auto stacked:border-0 stacked:pr-0 stacked:pl-2";

const bare =
  "stacked:block stacked:h-auto stacked:border-0 stacked:px-0 stacked:first:pl-0 stacked:last:pr-0";
const stackedCell = `${bare} stacked:py-0.5 stacked:empty:hidden`;
const fact = `${stackedCell} stacked:order-4 stacked:mr-4 stacked:max-w-full stacked:text-left stacked:text-xs`;
const stackedCells: Record<StackedPlace | "name", string> = {
  name: `${stackedCell} stacked:min-w-0 stacked:flex-1 stacked:pr-3`,
  beside: `${stackedCell} stacked:order-1 stacked:max-w-1/2`,
  plain: fact,
  named: `${fact} stacked:before:mr-1.5 stacked:before:text-faint stacked:before:content-[attr(data-header)_/_""]`,
  hidden: "stacked:hidden",
};
/** What can be sorted by stays in sight; the other heads are for screen readers. */
const stackedHeads = {
  sortable: bare,
  words: "stacked:sr-only stacked:block",
};

const rem = 16;
const unsized = 12 * rem;

/** Below these widths of the table, in pixels. */
const hiddenBelow: readonly [width: number, style: string][] = [
  [720, ""],
  [800, "@max-[800px]:hidden"],
  [880, "@max-[880px]:hidden"],
  [960, "@max-[960px]:hidden"],
  [1040, "@max-[1040px]:hidden"],
  [1120, "@max-[1120px]:hidden"],
];

function pixels(width: string | undefined) {
  if (!width) return unsized;
  return width.endsWith("rem") ? Number.parseFloat(width) * rem : Number.parseFloat(width);
}

/** Gives each column its place; `controls` is the width of checkboxes and menus, in pixels. */
export function placeColumns<Row>(columns: readonly Column<Row>[], controls: number): PlacedColumn<Row>[] {
  let needed = columns.reduce((sum, column) => sum + (column.secondary ? 0 : pixels(column.width)), controls);
  return columns.map((column, index) => {
    if (column.secondary) needed += pixels(column.width);
    const room =
      column.secondary && (hiddenBelow.find(([width]) => width >= needed) ?? hiddenBelow.at(-1))?.[1];
    const place = index === 0 ? "name" : placeOf(column);
    const align = column.align === "end" && "text-right tabular-nums";
    const head =
      place === "hidden" ? stackedCells.hidden : stackedHeads[column.sortable ? "sortable" : "words"];
    return {
      ...column,
      colStyle: cn(room),
      headStyle: cn(align, room, head),
      cellStyle: cn(align, room, stackedCells[place]),
    };
  });
}

function placeOf({ stacked, secondary }: Pick<Column<never>, "stacked" | "secondary">): StackedPlace {
  return stacked ?? (secondary ? "hidden" : "named");
}

export interface Sort {
  column: string;
  direction: "asc" | "desc";
}

export const features = tableFeatures({ rowSelectionFeature });

/** Our columns in the words of TanStack Table; it keeps rows and selection, we draw the cells. */
export function tableColumns<Row extends object>(columns: readonly Column<Row>[]) {
  const helper = createColumnHelper<typeof features, Row>();
  return columns.map((column) => helper.display({ id: column.id }));
}

export function toRowSelection(selection: ReadonlySet<string>): RowSelectionState {
  return Object.fromEntries(Array.from(selection, (id) => [id, true]));
}

export function fromRowSelection(updater: Updater<RowSelectionState>, selection: ReadonlySet<string>) {
  const next = typeof updater === "function" ? updater(toRowSelection(selection)) : updater;
  return new Set(Object.keys(next).filter((id) => next[id]));
}

/** What a press on a sortable head asks for: ascending, then descending, then the list's own order. */
export function nextSort(column: string, sort: Sort | null): Sort | null {
  if (sort?.column !== column) return { column, direction: "asc" };
  return sort.direction === "asc" ? { column, direction: "desc" } : null;
}
