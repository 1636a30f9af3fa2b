"use client";

import type { ReactTable, Row as TableRowModel } from "@tanstack/react-table";
import { Link } from "./link";
import type { ReactNode } from "react";

import { Checkbox } from "./checkbox";
import { columnStyle, type Column, type features, type Sort } from "./data-table-columns";
import { SortableHead } from "./data-table-head";
import { TableCell, TableHead, TableRow } from "./table";

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
        <TableHead control>
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
  menu: ReactNode;
}

export function BodyRow<Row extends object>({ row, columns, name, selectable, menu }: BodyRowProps<Row>) {
  return (
    <TableRow data-row-id={row.id} aria-selected={selectable ? row.getIsSelected() : undefined}>
      {selectable && (
        <TableCell control>
          <Checkbox
            aria-label={`Select ${name}`}
            checked={row.getIsSelected()}
            onChange={() => row.toggleSelected()}
          />
        </TableCell>
      )}
      {columns.map((column) => (
        <Cell key={column.id} column={column} row={row.original} />
      ))}
      {menu && (
        <TableCell control className="text-right">
          {menu}
        </TableCell>
      )}
    </TableRow>
  );
}
