"use client";

import type { Route } from "next";
import { Link } from "./link";
import { usePathname } from "next/navigation";

export interface TabItem {
  label: string;
  href: Route;
  count?: number;
  /** Current on its own address only, not below it: the first tab of a nested set. */
  exact?: boolean;
}

/** Tabs that are routes. */
export function TabsNav({ label, items }: { label: string; items: readonly TabItem[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="min-w-0 overflow-x-auto border-b border-line [scrollbar-width:none]">
      <ul className="flex gap-5">
        {items.map((item) => {
          const [path = ""] = item.href.split("?");
          const current = pathname === path || (!item.exact && pathname.startsWith(`${path}/`));
          return (
            <li key={item.href} className="shrink-0">
              <Link
                href={item.href}
                aria-current={current ? "page" : undefined}
                className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent text-table text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:text-ink"
              >
                {item.label}
                {item.count !== undefined && (
                  <span className="text-xs text-faint tabular-nums">{item.count}</span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
