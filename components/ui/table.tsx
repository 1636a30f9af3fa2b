import type { ComponentProps } from "react";

import { cn } from "./cn";

export interface TableProps extends ComponentProps<"table"> {
  /** Names the table. */
  label: string;
  /** The head stays below the top bar while the page scrolls; inside a panel leave it out. */
  stickyHead?: boolean;
}

/** What the elements of a table are by themselves, except in browsers that see no table where rows are stacked. */
export const tableRoles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader" },
  cell: { role: "cell" },
};

/**
 * Rows of 36 px with a fixed layout: a table is never wider than its place, long text truncates, and columns do not
 * move from page to page. `stacked:` is for where its place is too narrow for columns.
 */
export function Table({ label, stickyHead = false, className, ...rest }: TableProps) {
  return (
    <div className="@container min-w-0">
      <table
        {...tableRoles.table}
        {...rest}
        aria-label={label}
        className={cn(
          "w-full table-fixed border-separate border-spacing-0 text-table",
          stickyHead && "@min-[720px]:[&_th]:sticky @min-[720px]:[&_th]:top-12 @min-[720px]:[&_th]:z-2",
          className,
        )}
      />
    </div>
  );
}

export interface TableHeadProps extends ComponentProps<"th"> {
  /** Holds a control instead of words. */
  control?: boolean;
}

export function TableHead({ control = false, className, ...rest }: TableHeadProps) {
  return (
    <th
      {...tableRoles.head}
      scope="col"
      {...rest}
      className={cn(
        "h-8 border-b border-line bg-paper text-left text-xs font-medium text-faint",
        control ? "px-2" : "truncate px-3 first:pl-2 last:pr-2",
        className,
      )}
    />
  );
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...tableRoles.row}
      {...rest}
      className={cn(
        "group/row hover:bg-sunken focus-within:bg-accent-soft aria-selected:bg-accent-soft",
        className,
      )}
    />
  );
}

export interface TableCellProps extends ComponentProps<"td"> {
  /** Holds a control instead of words. */
  control?: boolean;
}

export function TableCell({ control = false, className, ...rest }: TableCellProps) {
  return (
    <td
      {...tableRoles.cell}
      {...rest}
      className={cn(
        "h-9 border-b border-line text-ink",
        control ? "px-2 py-0" : "truncate px-3 first:pl-2 last:pr-2",
        className,
      )}
    />
  );
}
