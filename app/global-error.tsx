"use client";

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { useSyncExternalStore } from "react";
import { digestOf } from "@/components/console/digest";
import type { PageErrorProps } from "@/components/console/page-error";
import { useRecovery } from "@/components/console/use-recovery";
import { Mark } from "@/components/ui/mark";

import "./globals.css";

function subscribe() {
  return () => {};
}

/** The theme that the person has chosen; the provider that knows it is gone with the layout. */
function isDark(): boolean {
  const chosen = localStorage.getItem("theme");
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** When even the frame of all pages broke: no link, no button of ours, as little as can go wrong again. */
export default function GlobalError({ error, retry }: PageErrorProps) {
  useRecovery(error);
  const dark = useSyncExternalStore(subscribe, isDark, () => false);
  const digest = digestOf(error);
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable} ${dark ? "dark" : ""}`}>
      <body>
        <title>Freehold could not start this page</title>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-4 px-4 text-center">
          <Mark className="size-9 text-line-strong" />
          <div className="max-w-[52ch]">
            <h1 className="text-lg font-medium">Freehold could not start this page</h1>
            <p className="pt-1 text-balance text-muted">
              {digest
                ? "Nothing was changed by it. Try again; if it stays, the server’s log says why."
                : "Nothing was changed by it. It loads again once the server answers; if it stays, try again."}
            </p>
          </div>
          <button
            type="button"
            onClick={retry}
            className="h-8 rounded-md bg-ink px-3 text-table font-medium text-paper hover:bg-ink/85"
          >
            Try again
          </button>
          {digest && (
            <p className="text-xs text-faint">
              Request <code className="select-all">{digest}</code>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}
