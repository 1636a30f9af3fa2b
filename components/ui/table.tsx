import type { ComponentProps } from "react";

import { cn } from "./cn";

export interface TableProps extends ComponentProps<"table"> {
  /** Names the table. */
  label: string;
  /** Few columns: scrolls below 440 px instead of 720. */
  narrow?: boolean;
  /** The head stays below the top bar while the page scrolls; inside a panel leave it out. */
  stickyHead?: boolean;
}

/**
 * Rows of 36 px with a fixed layout: a table is never wider than its place, long text truncates, and columns do not
 * move from page to page. When the place is too narrow it scrolls inside its own box.
 */
export function Table({ label, narrow = false, stickyHead = false, className, ...rest }: TableProps) {
  return (
    <div className="@container min-w-0">
      <div
        className={cn(
          "relative overflow-x-auto overflow-y-hidden",
          narrow ? "@min-[440px]:overflow-clip" : "@min-[720px]:overflow-clip",
          stickyHead && (narrow ? "@min-[440px]:overflow-visible" : "@min-[720px]:overflow-visible"),
        )}
      >
        <table
          {...rest}
          aria-label={label}
          className={cn(
            "w-full table-fixed border-separate border-spacing-0 text-table",
            narrow ? "min-w-[440px]" : "min-w-[720px]",
            stickyHead && "[&_th]:sticky [&_th]:top-12 [&_th]:z-2",
            className,
          )}
        />
      </div>
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        "h-8 truncate border-b border-line bg-paper px-3 text-left text-xs font-medium text-faint first:pl-2 last:pr-2",
        className,
      )}
    />
  );
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={cn("group/row hover:bg-sunken focus-within:bg-accent-soft aria-selected:bg-accent-soft", className)}
    />
  );
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return (
    <td {...rest} className={cn("h-9 truncate border-b border-line px-3 text-ink first:pl-2 last:pr-2", className)} />
  );
}
