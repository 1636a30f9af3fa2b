"use client";

import { lazy, Suspense } from "react";

import type { ConfirmDialogProps } from "./confirm-dialog-popup";
import { useEverOpen } from "./use-ever-open";

const ConfirmDialogPopup = lazy(async () => ({
  default: (await import("./confirm-dialog-popup")).ConfirmDialogPopup,
}));

/** Says what will happen, to what, and whether it can be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <ConfirmDialogPopup {...props} />
    </Suspense>
  );
}
