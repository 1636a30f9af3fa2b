import type { ComponentProps } from "react";

import { cn } from "./cn";

/** Pixels below which a table scrolls inside its own box. */
export type TableWidth = 440 | 560 | 680 | 800 | 920;

// Sticky cells and a scrolling box exclude each other, so each width switches from the one to the other.
const boxes: Record<TableWidth, string> = {
  440: "@min-[440px]:overflow-visible",
  560: "@min-[560px]:overflow-visible",
  680: "@min-[680px]:overflow-visible",
  800: "@min-[800px]:overflow-visible",
  920: "@min-[920px]:overflow-visible",
};
const tables: Record<TableWidth, string> = {
  440: "min-w-[440px]",
  560: "min-w-[560px]",
  680: "min-w-[680px]",
  800: "min-w-[800px]",
  920: "min-w-[920px]",
};
const stickyHeads: Record<TableWidth, string> = {
  440: "@min-[440px]:[&_th]:sticky @min-[440px]:[&_th]:top-12",
  560: "@min-[560px]:[&_th]:sticky @min-[560px]:[&_th]:top-12",
  680: "@min-[680px]:[&_th]:sticky @min-[680px]:[&_th]:top-12",
  800: "@min-[800px]:[&_th]:sticky @min-[800px]:[&_th]:top-12",
  920: "@min-[920px]:[&_th]:sticky @min-[920px]:[&_th]:top-12",
};

export interface TableProps extends ComponentProps<"table"> {
  /** Names the table. */
  label: string;
  minWidth?: TableWidth;
  /** The head stays below the top bar while the page scrolls; inside a panel leave it out. */
  stickyHead?: boolean;
}

/**
 * Rows of 36 px with a fixed layout: a table is never wider than its place, long text truncates, and columns do not
 * move from page to page. When the place is too narrow it scrolls inside its own box.
 */
export function Table({ label, minWidth = 680, stickyHead = false, className, ...rest }: TableProps) {
  return (
    <div className="@container min-w-0">
      <div className={cn("relative overflow-x-auto", boxes[minWidth])}>
        <table
          {...rest}
          aria-label={label}
          className={cn(
            "w-full table-fixed border-separate border-spacing-0 text-table",
            tables[minWidth],
            stickyHead && cn("[&_th]:z-2", stickyHeads[minWidth]),
            className,
          )}
        />
      </div>
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
      {...rest}
      className={cn(
        "h-9 border-b border-line text-ink",
        control ? "px-2 py-0" : "truncate px-3 first:pl-2 last:pr-2",
        className,
      )}
    />
  );
}
