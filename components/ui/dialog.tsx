"use client";

import { lazy, Suspense, type ReactNode } from "react";

import { useEverOpen } from "./use-ever-open";

const DialogPopup = lazy(async () => ({ default: (await import("./dialog-popup")).DialogPopup }));

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons at the end, the one that acts last. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** Outside presses and Escape do nothing: for a secret that is shown once. */
  sticky?: boolean;
  children?: ReactNode;
}

/** A form of one or two fields, or something to read. Gives focus back to where it came from. */
export function Dialog(props: DialogProps) {
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}
