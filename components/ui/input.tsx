"use client";

import type { ComponentProps, ReactNode } from "react";

import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./field-context";

export interface InputProps extends Omit<ComponentProps<"input">, "prefix"> {
  /** Mono type: slugs, ids, URLs, host names. */
  mono?: boolean;
  /** Fixed text before the value, such as "https://". */
  prefix?: ReactNode;
  /** Fixed text or a button after the value. */
  suffix?: ReactNode;
}

export function Input({ mono, prefix, suffix, className, ...rest }: InputProps) {
  const field = useFieldControl(rest);
  const input = cn(controlStyle, "h-8 px-2.5 pointer-coarse:h-10", mono && "font-mono text-table");
  if (!prefix && !suffix) return <input dir="auto" {...rest} {...field} className={cn(input, className)} />;
  return (
    <div className={cn("relative flex items-center", className)}>
      {prefix && <span className="shrink-0 pr-2 text-table text-faint">{prefix}</span>}
      <input dir="auto" {...rest} {...field} className={cn(input, suffix && "pr-9")} />
      {suffix && <span className="absolute inset-y-0 right-0.5 flex items-center">{suffix}</span>}
    </div>
  );
}
