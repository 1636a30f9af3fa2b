"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useState, type ReactNode } from "react";

import { overlayContainer } from "./overlay-container";

export interface TooltipPopupProps {
  anchor: () => Element | null;
  side: "top" | "right" | "bottom" | "left";
  onClose: () => void;
  children: ReactNode;
}

/** The floating part of a tooltip, loaded when the first one opens. */
export function TooltipPopup({ anchor, side, onClose, children }: TooltipPopupProps) {
  const [container] = useState(overlayContainer);
  return (
    <Tooltip.Root open onOpenChange={(open) => !open && onClose()}>
      <Tooltip.Portal container={container}>
        <Tooltip.Positioner anchor={anchor} side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Tooltip.Popup className="float max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-paper">
            {children}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
