"use client";

import { Search } from "lucide-react";

import { Kbd } from "@/components/ui/kbd";

/** Looks like a field, opens the palette. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-keyshortcuts="Meta+K Control+K"
      className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md text-table text-faint transition-colors hover:text-ink max-lg:w-8 max-lg:justify-center max-lg:hover:bg-hover lg:w-56 lg:border lg:border-line lg:bg-panel lg:pr-1.5 lg:pl-2.5 lg:hover:border-line-strong"
    >
      <Search aria-hidden="true" className="size-4 shrink-0" />
      <span className="flex-1 text-left max-lg:sr-only">Search or jump to…</span>
      <span aria-hidden="true" className="max-lg:hidden">
        <Kbd keys={["Mod", "K"]} />
      </span>
    </button>
  );
}
