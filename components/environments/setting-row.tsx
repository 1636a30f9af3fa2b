import type { ReactNode } from "react";

interface SettingRowProps {
  title: string;
  /** The button, at the end of the row. */
  action: ReactNode;
  /** What it does, and what follows from it. */
  children: ReactNode;
}

/** One setting of a panel that has several. */
export function SettingRow({ title, action, children }: SettingRowProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="text-base font-medium">{title}</h3>
        <p className="text-table text-muted">{children}</p>
      </div>
      {action}
    </div>
  );
}
