"use client";

import { useHydrated } from "./use-hydrated";

/** A key. "Mod" is ⌘ on Apple keyboards and Ctrl elsewhere. */
export function Kbd({ keys }: { keys: readonly string[] }) {
  const hydrated = useHydrated();
  const apple = hydrated && /mac|iphone|ipad/i.test(navigator.userAgent);
  return (
    <span className="inline-flex shrink-0 gap-0.5">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-[11px] leading-none text-muted"
        >
          {key === "Mod" ? (apple ? "⌘" : "Ctrl") : key}
        </kbd>
      ))}
    </span>
  );
}
