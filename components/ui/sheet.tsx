"use client";

import { lazy, Suspense, type ReactNode } from "react";

import { useEverOpen } from "./use-ever-open";

const SheetPopup = lazy(async () => ({ default: (await import("./sheet-popup")).SheetPopup }));

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side?: "left" | "right";
  children: ReactNode;
}

/** Slides in from an edge: navigation on phones, the details of a row. */
export function Sheet(props: SheetProps) {
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <SheetPopup {...props} />
    </Suspense>
  );
}
