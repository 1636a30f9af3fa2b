"use client";

import type { ComponentProps } from "react";

import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./field-context";

export interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

/** Grows with its text. */
export function Textarea({ mono, className, rows = 3, ...rest }: TextareaProps) {
  return (
    <textarea
      dir="auto"
      rows={rows}
      {...rest}
      {...useFieldControl(rest)}
      className={cn(
        controlStyle,
        "field-sizing-content max-h-96 min-h-16 resize-y px-2.5 py-1.5",
        mono && "font-mono text-table",
        className,
      )}
    />
  );
}
