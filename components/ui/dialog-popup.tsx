"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { buttonStyle } from "./button-style";
import { cn } from "./cn";

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

const widths = { sm: "max-w-sm", md: "max-w-md", lg: "max-w-2xl" };

/** The floating part of a dialog, loaded when the first one opens. */
export function DialogPopup({
  open,
  onOpenChange,
  title,
  description,
  footer,
  size = "md",
  ...props
}: DialogProps) {
  const { sticky = false, children } = props;
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next, change) => {
        if (sticky && change.reason === "escape-key") change.cancel();
        else onOpenChange(next);
      }}
      disablePointerDismissal={sticky}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-40" />
        <Dialog.Viewport className="fixed inset-0 z-40 grid overflow-y-auto p-3 sm:p-6">
          <Dialog.Popup
            className={cn(
              "float relative m-auto w-full min-w-0 rounded-md bg-panel shadow-float outline-none sm:mt-[12vh]",
              widths[size],
            )}
          >
            <Dialog.Title className="px-4 pt-3.5 pr-12 text-lg font-medium [overflow-wrap:anywhere]">
              {title}
            </Dialog.Title>
            <div className={cn("flex flex-col gap-4 px-4 pb-4", description ? "pt-1" : "pt-3")}>
              {description && (
                <Dialog.Description render={<div />} className="text-table text-muted">
                  {description}
                </Dialog.Description>
              )}
              {children}
            </div>
            {footer && (
              <div
                role="presentation"
                // A press must not take the focus off a field: its complaint would move the button from under it.
                onMouseDown={(event) => event.preventDefault()}
                className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3"
              >
                {footer}
              </div>
            )}
            {!sticky && (
              // Last in order, so that a dialog opens on its first field.
              <Dialog.Close
                aria-label="Close"
                className={cn(
                  buttonStyle({ variant: "ghost", size: "sm", square: true }),
                  "absolute top-3 right-2.5",
                )}
              >
                <X />
              </Dialog.Close>
            )}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
