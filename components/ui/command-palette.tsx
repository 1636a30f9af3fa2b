"use client";

import { lazy, Suspense } from "react";

import type { PaletteGroup, PaletteItem } from "./palette-items";
import { useEverOpen } from "./use-ever-open";
import type { Search } from "./use-search";
import { useShortcut } from "./use-shortcut";

const CommandPalettePopup = lazy(async () => ({
  default: (await import("./command-palette-popup")).CommandPalettePopup,
}));

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Shown first, until something is typed and while it matches. */
  recent?: readonly PaletteItem[];
  /** What is always there: places and what the page can do. Filtered here. */
  groups: readonly PaletteGroup[];
  /** Everything else by name, from the server; called after a pause in typing. */
  search?: Search<readonly PaletteGroup[]>;
  /** Tells which item was chosen, to remember it. */
  onChoose?: (item: PaletteItem) => void;
  placeholder?: string;
}

/** ⌘K or Ctrl K: go anywhere by name, do what the page can do. Loads itself with the first opening. */
export function CommandPalette(props: CommandPaletteProps) {
  useShortcut({
    key: "k",
    mod: true,
    onPress: (event) => {
      event.preventDefault();
      props.onOpenChange(!props.open);
    },
  });
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <CommandPalettePopup {...props} />
    </Suspense>
  );
}
