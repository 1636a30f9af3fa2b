"use client";

import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";

const loadPopup = () => import("./tooltip-popup");
const TooltipPopup = lazy(async () => ({ default: (await loadPopup()).TooltipPopup }));

const OPEN_DELAY = 350;
const CLOSE_DELAY = 100;
const WARM = 400;
let lastClosed = 0;

function useTooltip(openOnPress: boolean) {
  const wrapper = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(delay: number) {
    void loadPopup();
    clearTimeout(timer.current);
    if (delay === 0) setOpen(true);
    else timer.current = setTimeout(() => setOpen(true), delay);
  }
  function hide(delay: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (wrapper.current) lastClosed = Date.now();
      setOpen(false);
    }, delay);
  }
  function isOwn(target: EventTarget) {
    return target instanceof Node && (wrapper.current?.contains(target) ?? false);
  }

  const handlers = {
    onPointerEnter(event: React.PointerEvent) {
      if (event.pointerType === "touch" || !isOwn(event.target)) return;
      show(Date.now() - lastClosed < WARM ? 0 : OPEN_DELAY);
    },
    onPointerLeave() {
      hide(CLOSE_DELAY);
    },
    onPointerDown(event: React.PointerEvent) {
      if (!openOnPress) hide(0);
      else if (isOwn(event.target)) show(0);
    },
    onFocus(event: React.FocusEvent) {
      if (isOwn(event.target) && event.target.matches(":focus-visible")) show(0);
    },
    onBlur() {
      hide(0);
    },
    onKeyDown(event: React.KeyboardEvent) {
      if (event.key === "Escape") hide(0);
    },
  };
  return { wrapper, open, handlers, close: () => hide(0) };
}

export interface TooltipProps {
  /** Nothing to say, nothing opens. */
  content: ReactNode;
  /** What is explained; must render one element. */
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** Also opens on a tap or click: for what cannot be pressed and says why. */
  openOnPress?: boolean;
}

/** A hint on hover and focus. Sighted extra only: what must be known stands in the page or in a label. */
export function Tooltip({ content, children, side = "top", openOnPress = false }: TooltipProps) {
  const { wrapper, open, handlers, close } = useTooltip(openOnPress);
  return (
    <span ref={wrapper} className="contents" {...handlers}>
      {children}
      {open && content && (
        <Suspense>
          <TooltipPopup anchor={() => wrapper.current?.firstElementChild ?? null} side={side} onClose={close}>
            {content}
          </TooltipPopup>
        </Suspense>
      )}
    </span>
  );
}
