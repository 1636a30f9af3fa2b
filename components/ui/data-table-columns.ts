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
import type { TableWidth } from "./table";

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
  /** Hidden where the table has less than 800 px: what the page of the row shows too. */
  secondary?: boolean;
  /** The full text of the cell, on hover, for what may be truncated. */
  title?: (row: Row) => string;
  /** The first column by default: its cell becomes the link of the row. */
  href?: (row: Row) => Route | null;
}

export const secondaryStyle = "@max-[800px]:hidden";

/** How the cells of a column stand. */
export function columnStyle(column: Pick<Column<never>, "align" | "secondary">) {
  return cn(column.align === "end" && "text-right tabular-nums", column.secondary && secondaryStyle);
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

const rem = 16;
const linkColumn = 13 * rem;
const widths: readonly TableWidth[] = [440, 560, 680, 800, 920];

function pixels(width: string | undefined) {
  if (!width) return linkColumn;
  return width.endsWith("rem") ? Number.parseFloat(width) * rem : Number.parseFloat(width);
}

/** The width below which the columns would have to be narrower than they ask for. */
export function widthFor(columns: readonly { width?: string; secondary?: boolean }[]): TableWidth {
  const needed = columns.reduce((sum, column) => sum + (column.secondary ? 0 : pixels(column.width)), 0);
  return widths.find((width) => width >= needed) ?? 920;
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
