"use client";

import { useState } from "react";

/** The last value that was not null: what a dialog is about stays in it while it closes. */
export function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
