import type { Route } from "next";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";

import { Mark } from "@/components/ui/mark";

export interface TopBarProps {
  /** Where the mark goes. */
  homeHref: Route;
  /** Opens the navigation on phones: a NavSheet. */
  navigation?: ReactNode;
  /** The Switcher. */
  switcher?: ReactNode;
  /** From left to right at the far end: PaletteButton, running operations, ThemeToggle, the person's Menu. */
  children?: ReactNode;
}

export function TopBar({ homeHref, navigation, switcher, children }: TopBarProps) {
  return (
    <header className="sticky top-0 z-20 flex h-12 min-w-0 items-center gap-1 border-b border-line bg-paper pr-2 pl-2 sm:pr-3 md:pl-3.5">
      {navigation}
      <Link href={homeHref} aria-label="Freehold, home" className="shrink-0 rounded-sm p-0.5 max-md:hidden">
        <Mark />
      </Link>
      {switcher && (
        <>
          <span
            aria-hidden="true"
            className="mx-1.5 h-4 w-px shrink-0 rotate-[18deg] bg-line-strong max-md:hidden"
          />
          <div className="flex min-w-0 flex-1 items-center">{switcher}</div>
        </>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1 pl-2">{children}</div>
    </header>
  );
}
