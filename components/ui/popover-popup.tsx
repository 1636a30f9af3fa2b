"use client";

import { Popover } from "@base-ui/react/popover";
import type { ReactNode, RefObject } from "react";

import { cn } from "./cn";
import { floatStyle } from "./float-style";
import type { OverlayChange } from "./use-overlay";

export interface PopoverPopupProps {
  label: string;
  align: "start" | "center" | "end";
  trigger: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean, change: OverlayChange) => void;
  className?: string | undefined;
  children: () => ReactNode;
}

function Content({ children }: { children: () => ReactNode }) {
  return children();
}

/** The floating part of a popover, loaded when somebody points at the first one. */
export function PopoverPopup({
  label,
  align,
  trigger,
  open,
  onOpenChange,
  className,
  children,
}: PopoverPopupProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={trigger}
          side="bottom"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            aria-label={label}
            finalFocus={trigger}
            className={cn(floatStyle, "max-w-[calc(100vw-1rem)]", className ?? "p-3")}
          >
            <Content>{children}</Content>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
