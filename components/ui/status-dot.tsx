import type { ReactNode } from "react";

import { cn } from "./cn";
import type { Tone } from "./tone";

const dots: Record<Tone, string> = {
  green: "bg-dot-green",
  amber: "bg-dot-amber",
  red: "bg-dot-red",
  grey: "bg-dot-grey",
  blue: "bg-dot-blue",
};

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
    <span title={title} className={cn("inline-flex max-w-full min-w-0 items-center gap-1.5 whitespace-nowrap", className)}>
      <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", dots[tone], pulse && "animate-breathe")} />
      <span className="truncate">{children}</span>
    </span>
  );
}
