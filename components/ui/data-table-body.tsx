"use client";

import type { ReactTable, Row as TableRowModel } from "@tanstack/react-table";
import { Link } from "./link";
import { useDeferredValue, useMemo, type ReactNode } from "react";

import { cn } from "./cn";
import { Checkbox } from "./checkbox";
import {
  stackedControl,
  stackedRow,
  type features,
  type PlacedColumn,
  type Sort,
} from "./data-table-columns";
import { SortableHead } from "./data-table-head";
import { TableCell, TableHead, TableRow, tableRoles } from "./table";

interface HeadRowProps<Row extends object> {
  table: ReactTable<typeof features, Row>;
  columns: readonly PlacedColumn<Row>[];
  sort: Sort | null;
  onSortChange: ((sort: Sort | null) => void) | undefined;
  selectable: boolean;
  menu: boolean;
}

export function HeadRow<Row extends object>({
  table,
  columns,
  sort,
  onSortChange,
  ...has
}: HeadRowProps<Row>) {
  return (
    <tr
      {...tableRoles.row}
      className={cn(
        "stacked:relative stacked:flex stacked:flex-wrap stacked:items-center stacked:gap-x-4 stacked:px-2 stacked:text-xs stacked:text-faint",
        onSortChange &&
          columns.some((column) => column.sortable) &&
          'stacked:border-b stacked:border-line stacked:py-1 stacked:before:content-["Sort_by"_/_""]',
      )}
    >
      {has.selectable && (
        <TableHead control className="stacked:block stacked:border-0 stacked:px-0">
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
      {has.menu && (
        <TableHead control className="stacked:sr-only">
          <span className="sr-only">Actions</span>
        </TableHead>
      )}
    </tr>
  );
}

function Cell<Row>({ column, row }: { column: PlacedColumn<Row>; row: Row }) {
  const href = column.href?.(row);
  const content = column.cell(row);
  return (
    <TableCell title={column.title?.(row)} data-header={column.header} className={column.cellStyle}>
      {href ? (
        <Link
          href={href}
          data-row-link=""
          className="-mx-1 block truncate rounded-sm px-1 py-1 font-medium underline-offset-3 group-hover/row:underline focus-visible:-outline-offset-1"
        >
          {content}
        </Link>
      ) : (
        content
      )}
    </TableCell>
  );
}

interface BodyRowProps<Row extends object> {
  row: TableRowModel<typeof features, Row>;
  columns: readonly PlacedColumn<Row>[];
  name: string;
  selectable: boolean;
  selected: boolean;
  menu: ReactNode;
}

/** Stays as it was drawn while nothing of it has changed. */
function BodyRow<Row extends object>({ row, columns, name, selectable, selected, menu }: BodyRowProps<Row>) {
  return useMemo(
    () => (
      <TableRow data-row-id={row.id} aria-selected={selectable ? selected : undefined} className={stackedRow}>
        {selectable && (
          <TableCell control className="stacked:block stacked:border-0 stacked:pl-0">
            <Checkbox
              aria-label={`Select ${name}`}
              checked={selected}
              onChange={() => row.toggleSelected()}
            />
          </TableCell>
        )}
        {columns.map((column) => (
          <Cell key={column.id} column={column} row={row.original} />
        ))}
        {menu && (
          <TableCell control className={cn("text-right", stackedControl)}>
            {menu}
          </TableCell>
        )}
      </TableRow>
    ),
    [row, columns, name, selectable, selected, menu],
  );
}

interface BodyRowsProps<Row extends object> {
  rows: readonly TableRowModel<typeof features, Row>[];
  columns: readonly PlacedColumn<Row>[];
  rowName: ((row: Row) => string) | undefined;
  rowMenu: ((row: Row) => ReactNode) | undefined;
  selectable: boolean;
}

/**
 * The rows of a page. Other ones are drawn in slices, after the press or the key that asked
 * for them has been answered; a checkbox is an answer itself and does not wait.
 */
export function BodyRows<Row extends object>(props: BodyRowsProps<Row>) {
  const deferred = useDeferredValue(props);
  const shown = props.selectable ? props : deferred;
  return useMemo(
    () =>
      shown.rows.map((row) => (
        <BodyRow
          key={row.id}
          row={row}
          columns={shown.columns}
          name={shown.rowName?.(row.original) ?? row.id}
          selectable={shown.selectable}
          selected={row.getIsSelected()}
          menu={shown.rowMenu?.(row.original)}
        />
      )),
    [shown],
  );
}
