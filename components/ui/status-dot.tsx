import type { ReactNode } from "react";

import { cn } from "./cn";
import { toneDot, type Tone } from "./tone";

export interface StatusDotProps {
  tone: Tone;
  /** The word; colour alone says nothing. */
  children: ReactNode;
  /** It is on its way: the dot breathes. */
  pulse?: boolean;
  title?: string;
  className?: string;
}

export function StatusDot({ tone, children, pulse = false, title, className }: StatusDotProps) {
  return (
    <span
      title={title}
      className={cn("inline-flex max-w-full min-w-0 items-center gap-1.5 whitespace-nowrap", className)}
    >
      <span
        aria-hidden="true"
        className={cn("size-2 shrink-0 rounded-full", toneDot[tone], pulse && "animate-breathe")}
      />
      <span className="truncate">{children}</span>
    </span>
  );
}
