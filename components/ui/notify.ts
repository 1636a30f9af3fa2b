"use client";

export interface Notice {
  message: string;
  tone?: "neutral" | "error";
  description?: string;
  action?: { label: string; onPress: () => void };
}

const waiting: Notice[] = [];
let wake: (() => void) | undefined;

/** A toast, only for what happened out of sight and never the only sign of an error. */
export function notify(notice: Notice) {
  waiting.push(notice);
  wake?.();
}

export function takeNotices() {
  return waiting.splice(0);
}

export function onNotice(listener: () => void) {
  wake = listener;
  if (waiting.length > 0) listener();
  return () => {
    if (wake === listener) wake = undefined;
  };
}
