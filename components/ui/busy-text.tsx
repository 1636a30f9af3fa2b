import type { ReactNode } from "react";

import { BusyDot } from "./busy-dot";

/** Says what is being waited for: "Loading members…". */
export function BusyText({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-2 text-table text-muted">
      <BusyDot />
      {children}
    </p>
  );
}
