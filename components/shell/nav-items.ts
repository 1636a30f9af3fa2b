import type { Route } from "next";
import type { ReactNode } from "react";

export interface NavItem {
  label: string;
  icon: ReactNode;
  href: Route;
  /** Current on its own address only: the overview, whose address starts all the others. */
  exact?: boolean;
  count?: number;
  /** Why there is nothing behind it yet. */
  disabledReason?: string;
}

export interface NavSection {
  /** Names a group; the first one needs no name. */
  label?: string;
  items: readonly NavItem[];
}

/** The item whose address is the longest that the page's address starts with. */
export function currentHref(sections: readonly NavSection[], pathname: string) {
  const hrefs = sections
    .flatMap((section) => section.items)
    .filter((item) => pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`)))
    .map((item) => item.href);
  return hrefs.sort((left, right) => right.length - left.length)[0];
}
