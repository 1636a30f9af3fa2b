import type { ReactNode } from "react";

export interface AppFrameProps {
  /** The TopBar. */
  top: ReactNode;
  /** The SideNav; without it the page has the whole width. */
  side?: ReactNode;
  /** A page of a production environment: a red line under the top bar. */
  production?: boolean;
  children: ReactNode;
}

/** Top bar, navigation, page. The document scrolls; bar and navigation stay. */
export function AppFrame({ top, side, production = false, children }: AppFrameProps) {
  return (
    <div className="min-h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-table text-paper focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      {top}
      {production && <div aria-hidden="true" className="sticky top-12 z-20 -mb-0.5 h-0.5 bg-dot-red" />}
      <div className="flex min-w-0">
        {side}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
