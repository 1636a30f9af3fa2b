"use client";

import { useTable } from "@tanstack/react-table";
import Link from "next/link";
import { useMemo, useRef, type ReactNode } from "react";

import { Checkbox } from "./checkbox";
import {
  features,
  fromRowSelection,
  tableColumns,
  toRowSelection,
  type Column,
  type Sort,
} from "./data-table-columns";
import { SortableHead } from "./data-table-head";
import { followRow, useTableKeys } from "./data-table-keys";
import { DataTableSkeleton } from "./data-table-skeleton";
import { Table, TableCell, TableHead, TableRow } from "./table";

export interface DataTableProps<Row extends object> {
  label: string;
  columns: readonly Column<Row>[];
  /** One page of rows, in the order of the server. */
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What a person calls the row, for its checkbox. */
  rowName?: (row: Row) => string;
  sort?: Sort | null;
  onSortChange?: (sort: Sort | null) => void;
  /** At the end of each row, usually a Menu. */
  rowMenu?: (row: Row) => ReactNode;
  /** Giving both makes rows selectable. */
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: Set<string>) => void;
  /** Nothing is known yet: a skeleton of the same shape. */
  loading?: boolean;
  /** Other rows are on their way; the present ones stay. */
  refreshing?: boolean;
  /** In place of the rows when there are none. */
  empty?: ReactNode;
  /** In place of the table: an ErrorState. */
  error?: ReactNode;
  /** Below the rows: a Pager. */
  pager?: ReactNode;
  narrow?: boolean;
  /** Inside a panel: no sticky head, no keys of its own. */
  embedded?: boolean;
}

const nobody: ReadonlySet<string> = new Set();

function useRows<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, selection = nobody, onSelectionChange } = props;
  const definitions = useMemo(() => tableColumns(columns), [columns]);
  return useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    enableRowSelection: Boolean(onSelectionChange),
    state: { rowSelection: toRowSelection(selection) },
    onRowSelectionChange: (updater) => onSelectionChange?.(fromRowSelection(updater, selection)),
  });
}

function Cell<Row>({ column, row, children }: { column: Column<Row>; row: Row; children: ReactNode }) {
  const href = column.href?.(row);
  return (
    <TableCell title={column.title?.(row)} className={column.align === "end" ? "text-right tabular-nums" : undefined}>
      {href ? (
        <Link
          href={href}
          data-row-link=""
          className="block truncate rounded-sm font-medium underline-offset-3 group-hover/row:underline focus-visible:-outline-offset-1"
        >
          {children}
        </Link>
      ) : (
        children
      )}
    </TableCell>
  );
}

/** A list page's table. The server searches, sorts, filters and pages; this shows what it is given. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, sort = null, onSortChange, rowMenu, loading = false, refreshing = false } = props;
  const { empty, error, pager, narrow, embedded = false, rowName } = props;
  const table = useRows(props);
  const body = useRef<HTMLTableSectionElement>(null);
  const selectable = Boolean(props.onSelectionChange);
  useTableKeys({
    body,
    enabled: !embedded && !loading,
    selectable,
    toggleRow: (id) => table.getRow(id).toggleSelected(),
  });
  if (error) return error;
  const rows = table.getRowModel().rows;
  if (!loading && rows.length === 0) return empty;
  return (
    <div className="min-w-0">
      <Table label={label} narrow={narrow} stickyHead={!embedded} aria-busy={loading || refreshing}>
        <colgroup>
          {selectable && <col className="w-8" />}
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
          {rowMenu && <col className="w-12" />}
        </colgroup>
        <thead>
          <tr>
            {selectable && (
              <TableHead className="px-2">
                <Checkbox
                  aria-label="Select all rows of this page"
                  checked={table.getIsAllRowsSelected()}
                  indeterminate={table.getIsSomeRowsSelected()}
                  onChange={() => table.toggleAllRowsSelected()}
                />
              </TableHead>
            )}
            {columns.map((column) => (
              <SortableHead key={column.id} column={column} sort={sort} onSortChange={onSortChange} />
            ))}
            {rowMenu && (
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            )}
          </tr>
        </thead>
        {loading ? (
          <DataTableSkeleton columns={columns} selectable={selectable} menu={Boolean(rowMenu)} />
        ) : (
          <tbody ref={body} onClick={followRow} className={refreshing ? "opacity-60" : undefined}>
            {rows.map((row) => (
              <TableRow key={row.id} data-row-id={row.id} aria-selected={selectable ? row.getIsSelected() : undefined}>
                {selectable && (
                  <TableCell className="px-2">
                    <Checkbox
                      aria-label={`Select ${rowName?.(row.original) ?? row.id}`}
                      checked={row.getIsSelected()}
                      onChange={() => row.toggleSelected()}
                    />
                  </TableCell>
                )}
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row.original}>
                    {column.cell(row.original)}
                  </Cell>
                ))}
                {rowMenu && <TableCell className="overflow-visible py-0 text-right">{rowMenu(row.original)}</TableCell>}
              </TableRow>
            ))}
          </tbody>
        )}
      </Table>
      {pager}
    </div>
  );
}
