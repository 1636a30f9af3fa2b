import { useState } from "react";
import type { JsonObject } from "@/sdk/options/json";
import { readOverlay, textOf } from "./options-words";

/** The overlay that was seen last, and the version that a change is based on. */
export interface Base {
  version: number;
  value: JsonObject;
}

/**
 * What is being edited: one text that form and JSON editor share. A newer version replaces it
 * by itself only where nothing is edited.
 */
export function useDraft(seen: Base) {
  const [base, setBase] = useState(seen);
  const [text, setText] = useState(() => textOf(seen.value));
  const read = readOverlay(text);
  const isDirty = !("value" in read) || JSON.stringify(read.value) !== JSON.stringify(base.value);
  function load(next: Base) {
    setBase(next);
    setText(textOf(next.value));
  }
  const isBehind = seen.version > base.version;
  if (isBehind && !isDirty) load(seen);
  return { base, text, setText, read, isDirty, isBehind: isBehind && isDirty, load };
}

export type Draft = ReturnType<typeof useDraft>;
