"use client";

import { lazy, Suspense, type ReactNode } from "react";

import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";
import { cn } from "./cn";
import { Named } from "./named";
import { useEverOpen } from "./use-ever-open";
import { useOverlay } from "./use-overlay";

const loadPopup = () => import("./popover-popup");
const PopoverPopup = lazy(async () => ({ default: (await loadPopup()).PopoverPopup }));

export interface PopoverProps {
  /** Names what opens. */
  label: string;
  /** What the button shows. */
  trigger: ReactNode;
  /** Names the button when its content is not words enough. */
  triggerLabel?: string;
  /** Rendered while open; `close` ends it and gives focus back. */
  children: (close: () => void) => ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  align?: "start" | "center" | "end";
  className?: string;
  popupClassName?: string;
  /** Loads what `children` draws, as soon as somebody points at the button. */
  preload?: () => Promise<unknown>;
}

/** A button and something that floats below it: details, a small form, a list to choose from. */
export function Popover({
  label,
  trigger,
  triggerLabel,
  children,
  variant = "ghost",
  size,
  preload,
  ...props
}: PopoverProps) {
  const overlay = useOverlay(() => Promise.all([loadPopup(), preload?.()]));
  const everOpen = useEverOpen(overlay.open);
  return (
    <>
      <button
        {...overlay.triggerProps}
        type="button"
        aria-haspopup="dialog"
        className={cn(buttonStyle({ variant, size }), "aria-expanded:bg-hover", props.className)}
      >
        {triggerLabel ? <Named label={triggerLabel}>{trigger}</Named> : trigger}
      </button>
      {everOpen && (
        <Suspense>
          <PopoverPopup
            label={label}
            align={props.align ?? "start"}
            trigger={overlay.trigger}
            open={overlay.open}
            onOpenChange={overlay.onOpenChange}
            className={props.popupClassName}
          >
            {() => children(() => overlay.setOpen(false))}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  );
}
