"use client";

import { useSyncExternalStore } from "react";

const STEP = 10_000;
const listeners = new Set<() => void>();
let interval: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  interval ??= setInterval(() => listeners.forEach((notify) => notify()), STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(interval);
    interval = undefined;
  };
}

function now() {
  return Math.ceil(Date.now() / STEP) * STEP;
}

/** The time in steps of ten seconds; one timer for the whole page. */
export function useNow() {
  return useSyncExternalStore(subscribe, now, now);
}
