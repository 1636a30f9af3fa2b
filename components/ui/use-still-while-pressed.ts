"use client";

import { useState, useSyncExternalStore } from "react";

let pressed = false;
const listeners = new Set<() => void>();

function set(next: boolean) {
  pressed = next;
  for (const listener of listeners) listener();
}
const press = () => set(true);
// What a click does comes after its release, and before this.
const release = () => setTimeout(set, 0, false);

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    addEventListener("pointerdown", press, true);
    addEventListener("pointerup", release, true);
    addEventListener("pointercancel", release, true);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener("pointerdown", press, true);
    removeEventListener("pointerup", release, true);
    removeEventListener("pointercancel", release, true);
    pressed = false;
  };
}

/**
 * The value, as it was before a press of the pointer until the press is over. What comes or goes
 * when a field loses focus would move the button away from under the press, and the click with it.
 */
export function useStillWhilePressed<Value>(value: Value): Value {
  const isPressed = useSyncExternalStore(
    subscribe,
    () => pressed,
    () => false,
  );
  const [shown, setShown] = useState(value);
  if (!isPressed && shown !== value) setShown(value);
  return isPressed ? shown : value;
}
