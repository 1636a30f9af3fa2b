"use client";

import type { ComponentProps, ReactNode } from "react";

import { cn } from "./cn";
import { useFieldControl } from "./field-context";

export interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "role"> {
  label: ReactNode;
  /** What follows from switching it on. */
  hint?: ReactNode;
}

/** On or off, at once. What is sent with a form is a Checkbox. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  return (
    <label className={cn("flex items-start justify-between gap-4", className)}>
      <span className="min-w-0">
        <span className="block text-base font-medium">{label}</span>
        {hint && <span className="block text-table text-muted">{hint}</span>}
      </span>
      <span className="relative mt-px inline-flex h-[18px] w-8 shrink-0">
        <input
          {...rest}
          {...useFieldControl(rest)}
          type="checkbox"
          role="switch"
          className="peer size-full appearance-none rounded-full bg-faint transition-colors checked:bg-ink disabled:opacity-50"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-0.5 left-0.5 size-3.5 rounded-full bg-panel transition-transform peer-checked:translate-x-3.5"
        />
      </span>
    </label>
  );
}
