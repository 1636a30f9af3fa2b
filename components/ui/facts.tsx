import type { ReactNode } from "react";

import { cn } from "./cn";

export interface Fact {
  term: string;
  value: ReactNode;
}

/** Three to five facts in one line under a name. */
export function Facts({ items, className }: { items: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn("flex min-w-0 flex-wrap gap-x-6 gap-y-2 text-table", className)}>
      {items.map((item) => (
        <div key={item.term} className="flex max-w-full min-w-0 flex-col">
          <dt className="text-xs text-faint">{item.term}</dt>
          <dd className="flex min-h-[18px] min-w-0 items-center">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
