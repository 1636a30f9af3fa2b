"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export interface TabsProps {
  /** Names the choice. */
  label: string;
  items: readonly { value: string; label: string; content: ReactNode }[];
}

/** One of a few views in place. Tabs that are routes are TabsNav. */
export function Tabs({ label, items }: TabsProps) {
  return (
    <Base.Root defaultValue={items[0]?.value} className="min-w-0">
      <Base.List
        aria-label={label}
        className="flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="-mb-px flex h-9 shrink-0 items-center border-b-2 border-transparent text-table text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 data-active:border-ink data-active:text-ink"
          >
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} tabIndex={-1} className="min-w-0">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
