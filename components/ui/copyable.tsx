"use client";

import { Check, Copy } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "./cn";
import { useCopy } from "./use-copy";

export interface CopyableProps {
  /** What is copied, and shown unless `children` say it shorter. */
  text: string;
  children?: ReactNode;
  /** Names the button: "Copy environment id". */
  label?: string;
  /** The button shows at all times instead of on hover and focus. */
  always?: boolean;
  className?: string;
}

/** Mono text with a copy button on hover and focus. */
export function Copyable({ text, children, label = "Copy", always = false, className }: CopyableProps) {
  const { copied, copy } = useCopy(text);
  return (
    <span
      className={cn(
        "group/copy relative z-1 inline-flex max-w-full min-w-0 items-center gap-1 align-top",
        className,
      )}
    >
      <span dir="ltr" title={text} className="min-w-0 truncate font-mono text-xs">
        {children ?? text}
      </span>
      <button
        type="button"
        aria-label={label}
        onClick={copy}
        className={cn(
          "inline-flex size-[18px] shrink-0 items-center justify-center rounded-sm text-current opacity-0 transition-opacity group-hover/copy:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100",
          (always || copied) && "opacity-100",
        )}
      >
        {copied ? <Check className="size-3.5 text-green" /> : <Copy className="size-3.5" />}
      </button>
    </span>
  );
}
