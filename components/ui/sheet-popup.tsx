"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { buttonStyle } from "./button-style";
import { cn } from "./cn";

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side?: "left" | "right";
  children: ReactNode;
}

const edges = {
  left: "left-0 w-72 border-r data-starting-style:-translate-x-full data-ending-style:-translate-x-full",
  right: "right-0 w-120 border-l data-starting-style:translate-x-full data-ending-style:translate-x-full",
};

/** The floating part of a sheet, loaded when the first one opens. */
export function SheetPopup({ open, onOpenChange, title, side = "left", children }: SheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-40" />
        <Dialog.Popup
          className={cn(
            "fixed inset-y-0 z-40 flex max-w-[calc(100vw-2.5rem)] flex-col border-line bg-panel outline-none transition-transform duration-[120ms] ease-out",
            edges[side],
          )}
        >
          <div className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
            <Dialog.Title className="min-w-0 truncate text-base font-medium">{title}</Dialog.Title>
            <Dialog.Close aria-label="Close" className={buttonStyle({ variant: "ghost", square: true })}>
              <X />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
