import type { ReactNode } from "react";

export interface PageHeaderProps {
  title: ReactNode;
  /** How many there are, beside the title. */
  count?: number | string;
  /** Type, status: what belongs to the name. */
  badges?: ReactNode;
  description?: ReactNode;
  /** The primary action, and at most two beside it. */
  action?: ReactNode;
}

export function PageHeader({ title, count, badges, description, action }: PageHeaderProps) {
  const shown = typeof count === "number" ? count.toLocaleString("en-GB") : count;
  return (
    <header className="flex min-h-8 flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 dir="auto" className="line-clamp-2 min-w-0 text-xl font-medium [overflow-wrap:anywhere]">
            {title}
          </h1>
          {shown !== undefined && <span className="text-base text-faint tabular-nums">{shown}</span>}
          {badges}
        </div>
        {description && <div className="mt-0.5 max-w-[72ch] text-base text-muted">{description}</div>}
      </div>
      {action && <div className="flex flex-wrap items-center gap-2">{action}</div>}
    </header>
  );
}
