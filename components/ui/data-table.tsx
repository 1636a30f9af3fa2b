"use client";

import { useTable } from "@tanstack/react-table";
import { useMemo, useRef, type ReactNode } from "react";

import { cn } from "./cn";
import { BodyRows, HeadRow } from "./data-table-body";
import {
  features,
  fromRowSelection,
  placeColumns,
  tableColumns,
  toRowSelection,
  type Column,
  type Sort,
} from "./data-table-columns";
import { followRows, useTableKeys } from "./data-table-keys";
import { DataTableSkeleton } from "./data-table-skeleton";
import { Table, tableRoles } from "./table";

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
  /** Inside a panel: no sticky head, no keys of its own. */
  embedded?: boolean;
}

/** Of checkboxes and of menus, in pixels. */
const controlWidths = { select: 32, menu: 48 };

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

/** A list page's table. The server searches, sorts, filters and pages; this shows what it is given. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rowMenu, loading = false, embedded = false, rowName } = props;
  const table = useRows(props);
  const body = useRef<HTMLTableSectionElement>(null);
  const selectable = Boolean(props.onSelectionChange);
  const controls = (selectable ? controlWidths.select : 0) + (rowMenu ? controlWidths.menu : 0);
  const columns = useMemo(() => placeColumns(props.columns, controls), [props.columns, controls]);
  const toggleRow = (id: string) => table.getRow(id).toggleSelected();
  useTableKeys({ body, enabled: !embedded && !loading, selectable, toggleRow });
  if (props.error) return props.error;
  const { rows } = table.getRowModel();
  if (!loading && rows.length === 0) return props.empty;

  const head = { table, columns, sort: props.sort ?? null, onSortChange: props.onSortChange, selectable };
  return (
    <div ref={followRows} className="min-w-0">
      <Table
        label={props.label}
        className="stacked:block"
        stickyHead={!embedded}
        aria-busy={loading || props.refreshing}
      >
        <colgroup>
          {selectable && <col style={{ width: controlWidths.select }} />}
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} className={column.colStyle} />
          ))}
          {rowMenu && <col style={{ width: controlWidths.menu }} />}
        </colgroup>
        <thead {...tableRoles.group} className="stacked:block">
          <HeadRow {...head} menu={Boolean(rowMenu)} />
        </thead>
        {loading ? (
          <DataTableSkeleton columns={columns} selectable={selectable} menu={Boolean(rowMenu)} />
        ) : (
          <tbody
            ref={body}
            {...tableRoles.group}
            className={cn("stacked:block", props.refreshing && "opacity-60")}
          >
            <BodyRows
              rows={rows}
              columns={columns}
              rowName={rowName}
              rowMenu={rowMenu}
              selectable={selectable}
            />
          </tbody>
        )}
      </Table>
      {props.pager}
    </div>
  );
}
