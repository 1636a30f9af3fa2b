import type { ReactNode } from "react";

import { cn } from "./cn";

export interface PanelProps {
  title?: ReactNode;
  /** One or two sentences below the title. */
  description?: ReactNode;
  /** At the end of the title line. */
  action?: ReactNode;
  /** Below a hairline: the buttons of a form, a total. */
  footer?: ReactNode;
  /** Red edge: what destroys. */
  danger?: boolean;
  /** The children bring their own padding: a table, a list. */
  flush?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A part of a page with an edge around it. */
export function Panel({
  title,
  description,
  action,
  footer,
  danger,
  flush,
  className,
  children,
}: PanelProps) {
  return (
    <section
      className={cn(
        "flex min-w-0 flex-col rounded-md border bg-panel",
        danger ? "border-red/40" : "border-line",
        className,
      )}
    >
      {(title || action) && (
        <header
          className={cn(
            "flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3",
            flush && "border-b border-line",
          )}
        >
          <div className="min-w-0 flex-1 basis-48">
            {title && <h2 className="text-base font-medium [overflow-wrap:anywhere]">{title}</h2>}
            {description && <p className="text-table text-muted">{description}</p>}
          </div>
          {action && <div className="flex flex-wrap items-center gap-2">{action}</div>}
        </header>
      )}
      {children && (
        <div className={cn("min-w-0 flex-1", !flush && "px-4 pb-4", !flush && !title && !action && "pt-4")}>
          {children}
        </div>
      )}
      {footer && (
        <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-md border-t border-line bg-sunken px-4 py-3">
          {footer}
        </footer>
      )}
    </section>
  );
}
