"use client";

import { Popover } from "@base-ui/react/popover";
import { memo, type ReactNode, type RefObject } from "react";

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

/** What is closing stays as it was: drawing all of it once more would hold up the key that closed it. */
const Content = memo(
  function Content({ children }: { open: boolean; children: () => ReactNode }) {
    return children();
  },
  (_, next) => !next.open,
);

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
            <Content open={open}>{children}</Content>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
