"use client";

import { lazy, Suspense } from "react";

import type { DialogProps } from "./dialog-popup";
import { useEverOpen } from "./use-ever-open";

const DialogPopup = lazy(async () => ({ default: (await import("./dialog-popup")).DialogPopup }));

/** A form of one or two fields, or something to read. Gives focus back to where it came from. */
export function Dialog(props: DialogProps) {
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}
