"use client";

import type { ReactTable, Row as TableRowModel } from "@tanstack/react-table";
import { Link } from "./link";
import { useDeferredValue, useMemo, type ReactNode } from "react";

import { cn } from "./cn";
import { Checkbox } from "./checkbox";
import { columnStyle, type Column, type features, type Sort } from "./data-table-columns";
import { SortableHead } from "./data-table-head";
import { TableCell, TableHead, TableRow } from "./table";

/** Where a table is wider than its place, its menus stay in sight. */
const atEdge = "sticky right-0 z-1";

interface HeadRowProps<Row extends object> {
  table: ReactTable<typeof features, Row>;
  columns: readonly Column<Row>[];
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
    <tr>
      {has.selectable && (
        <TableHead control>
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
        <TableHead control className={atEdge}>
          <span className="sr-only">Actions</span>
        </TableHead>
      )}
    </tr>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const href = column.href?.(row);
  const content = column.cell(row);
  return (
    <TableCell title={column.title?.(row)} className={columnStyle(column)}>
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
  columns: readonly Column<Row>[];
  name: string;
  selectable: boolean;
  selected: boolean;
  menu: ReactNode;
}

/** Stays as it was drawn while nothing of it has changed. */
function BodyRow<Row extends object>({ row, columns, name, selectable, selected, menu }: BodyRowProps<Row>) {
  return useMemo(
    () => (
      <TableRow data-row-id={row.id} aria-selected={selectable ? selected : undefined}>
        {selectable && (
          <TableCell control>
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
          <TableCell
            control
            className={cn(
              "bg-paper text-right group-focus-within/row:bg-accent-soft group-hover/row:bg-sunken group-aria-selected/row:bg-accent-soft",
              atEdge,
            )}
          >
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
  columns: readonly Column<Row>[];
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
