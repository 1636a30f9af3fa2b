"use client";

import { useEffect, useRef, useState } from "react";

import { announce } from "./announce";

/** Copies text, remembers it for a moment and announces it. Refusals of the browser are announced too. */
export function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      announce("The browser refused to copy");
      return;
    }
    setCopied(true);
    announce("Copied");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 1500);
  }

  return { copied, copy };
}
