"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { PaletteButton } from "@/components/shell/palette-button";
import { useEverOpen } from "@/components/ui/use-ever-open";
import { useShortcut } from "@/components/ui/use-shortcut";
import { repeatEarlyPress } from "./early-press";
import type { PaletteBodyProps } from "./palette-body";

const PaletteBody = lazy(async () => ({ default: (await import("./palette-body")).PaletteBody }));

type ConsolePaletteProps = Omit<PaletteBodyProps, "open" | "onOpenChange">;

/** ⌘K or Ctrl K. What it opens loads itself with the first opening. */
export function ConsolePalette(props: ConsolePaletteProps) {
  const [open, setOpen] = useState(false);
  const everOpen = useEverOpen(open);
  useShortcut({
    key: "k",
    mod: true,
    onPress: (event) => {
      event.preventDefault();
      setOpen(!open);
    },
  });
  useEffect(repeatEarlyPress, []);
  return (
    <>
      <PaletteButton onOpen={() => setOpen(true)} />
      {everOpen && (
        <Suspense>
          <PaletteBody {...props} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
