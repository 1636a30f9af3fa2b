import type { ReactNode } from "react";

/** Says what is being waited for: "Loading members…". */
export function BusyText({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="animate-breathe text-table text-muted">
      {children}
    </p>
  );
}
