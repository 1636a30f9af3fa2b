"use client";

import { useEffect, useEffectEvent } from "react";

export interface Shortcut {
  /** The `key` of the keyboard event: "/", "j", "Enter". */
  key: string;
  /** Requires ⌘ or Ctrl. Such shortcuts also work while typing. */
  mod?: boolean;
  enabled?: boolean;
  onPress: (event: KeyboardEvent) => void;
}

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select")
  );
}

function isCovered(target: EventTarget | null) {
  if (target instanceof Element && target.closest("[role=menu], [role=listbox]")) return true;
  return document.querySelector("[role=dialog][data-open], [role=alertdialog][data-open]") !== null;
}

/** One key on the whole page. Single keys rest while somebody types or a dialog is open. */
export function useShortcut({ key, mod = false, enabled = true, onPress }: Shortcut) {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.key.toLowerCase() !== key.toLowerCase()) return;
    if (mod !== (event.metaKey || event.ctrlKey)) return;
    if (!mod && (isTyping(event.target) || isCovered(event.target))) return;
    onPress(event);
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => handle(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [enabled]);
}
