"use client";

import type { ComponentProps } from "react";

import { cn } from "./cn";

export interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "role"> {
  /** Names it; what it is beside is in sight. */
  "aria-label": string;
}

/** On or off, at once. */
export function Switch({ className, ...rest }: SwitchProps) {
  return (
    <span className={cn("relative inline-flex h-5 w-8 shrink-0 items-center", className)}>
      <input
        {...rest}
        type="checkbox"
        role="switch"
        className="peer h-[18px] w-8 cursor-pointer appearance-none rounded-full border border-line-strong bg-hover transition-colors checked:border-ink checked:bg-ink"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute left-[3px] size-3 rounded-full bg-faint transition-transform peer-checked:translate-x-3.5 peer-checked:bg-paper"
      />
    </span>
  );
}
