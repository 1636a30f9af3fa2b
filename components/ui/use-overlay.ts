"use client";

import { useRef, useState } from "react";

export type OpenedBy = "pointer" | "keyboard";

/** What Base UI tells about a change of an overlay; enough to recognise a press on the own trigger. */
export interface OverlayChange {
  event: Event;
  cancel: () => void;
}

/**
 * State of something that floats and is loaded on demand. The trigger is a plain button: the page pays for the
 * floating part when somebody points at it, not before.
 */
export function useOverlay(load: () => Promise<unknown>) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [openedBy, setOpenedBy] = useState<OpenedBy>("pointer");

  function preload() {
    void load();
  }
  function toggle(event: React.MouseEvent) {
    setOpenedBy(event.detail === 0 ? "keyboard" : "pointer");
    setOpen(!open);
  }
  function onKeyDown(event: React.KeyboardEvent) {
    if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    setOpenedBy("keyboard");
    setOpen(true);
  }
  /** A press on the trigger is the trigger's to answer, not an outside press. */
  function onOpenChange(next: boolean, change: OverlayChange) {
    const { target } = change.event;
    if (
      !next &&
      target instanceof Node &&
      trigger.current?.contains(target) &&
      change.event.type !== "keydown"
    ) {
      change.cancel();
      return;
    }
    setOpen(next);
  }

  const triggerProps = {
    ref: trigger,
    onPointerEnter: preload,
    onFocus: preload,
    onClick: toggle,
    onKeyDown,
    "aria-expanded": open,
  };
  return { trigger, open, setOpen, openedBy, onOpenChange, triggerProps };
}
