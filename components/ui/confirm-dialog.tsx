"use client";

import { lazy, Suspense, type ReactNode } from "react";

import { useEverOpen } from "./use-ever-open";

const ConfirmDialogPopup = lazy(async () => ({
  default: (await import("./confirm-dialog-popup")).ConfirmDialogPopup,
}));

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is asked, as the verb and the thing: "Delete staging". */
  title: ReactNode;
  /** What will happen, to what. */
  children: ReactNode;
  /** Whether and how long it can be taken back. */
  reversal: ReactNode;
  /** The verb with its object: "Delete staging". Never OK. */
  confirmLabel: string;
  /** While it runs: "Deleting staging…". */
  busyLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  /** For what cannot be taken back: this text has to be typed. */
  typeToConfirm?: string;
  /** What to type it is: "slug", "organization name". */
  typeLabel?: string;
  /** What did not work; the dialog stays open. */
  error?: { message: string; requestId?: string } | null;
  danger?: boolean;
  /** Why it cannot be confirmed at all, such as a protected environment, and who can lift it. */
  disabledReason?: string | null;
}

/** Says what will happen, to what, and whether it can be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  if (!useEverOpen(props.open)) return null;
  return (
    <Suspense>
      <ConfirmDialogPopup {...props} />
    </Suspense>
  );
}
