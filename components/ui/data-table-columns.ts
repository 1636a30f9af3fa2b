import {
  createColumnHelper,
  rowSelectionFeature,
  tableFeatures,
  type RowSelectionState,
  type Updater,
} from "@tanstack/react-table";
import type { Route } from "next";
import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  /** Sentence case, one or two words. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** The server can sort by it. */
  sortable?: boolean;
  /** CSS width, such as "9rem"; columns without one share the rest. */
  width?: string;
  align?: "start" | "end";
  /** The full text of the cell, on hover, for what may be truncated. */
  title?: (row: Row) => string;
  /** The first column by default: its cell becomes the link of the row. */
  href?: (row: Row) => Route | null;
}

export interface Sort {
  column: string;
  direction: "asc" | "desc";
}

interface ColumnMeta {
  sortable: boolean;
  width: string | undefined;
  align: "start" | "end";
}

export const features = tableFeatures({ rowSelectionFeature, columnMeta: {} as ColumnMeta });

/** Our columns in the words of TanStack Table. */
export function tableColumns<Row extends object>(columns: readonly Column<Row>[]) {
  const helper = createColumnHelper<typeof features, Row>();
  return columns.map((column) =>
    helper.display({
      id: column.id,
      header: column.header,
      cell: ({ row }) => column.cell(row.original),
      meta: { sortable: column.sortable ?? false, width: column.width, align: column.align ?? "start" },
    }),
  );
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
