"use client";

import { lazy, Suspense } from "react";

import type { SheetProps } from "./sheet-popup";
import { useEverOpen } from "./use-ever-open";

const SheetPopup = lazy(async () => ({ default: (await import("./sheet-popup")).SheetPopup }));

/** Slides in from an edge: navigation on phones, the details of a row. */
export function Sheet(props: SheetProps) {
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <SheetPopup {...props} />
    </Suspense>
  );
}
