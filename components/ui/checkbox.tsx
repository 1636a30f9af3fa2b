"use client";

import { useEffect, useImperativeHandle, useRef, type ComponentProps, type ReactNode } from "react";

import { cn } from "./cn";
import { useFieldControl } from "./field-context";

const box =
  "peer col-start-1 row-start-1 size-4 shrink-0 appearance-none rounded-sm border border-line-strong bg-panel transition-colors hover:border-faint checked:border-ink checked:bg-ink indeterminate:border-ink indeterminate:bg-ink disabled:bg-hover aria-invalid:border-red";

export interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  /** Visible words; without them give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
  indeterminate?: boolean;
}

function CheckboxBox({ indeterminate = false, ref, ...rest }: Omit<CheckboxProps, "label" | "hint">) {
  const own = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => own.current);
  useEffect(() => {
    if (own.current) own.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <span className="inline-grid shrink-0 place-items-center align-middle">
      <input {...rest} {...useFieldControl(rest)} ref={own} type="checkbox" className={box} />
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className="pointer-events-none invisible col-start-1 row-start-1 size-4 fill-none stroke-paper stroke-2 peer-checked:visible peer-indeterminate:visible"
      >
        <path
          d={indeterminate ? "M4.5 8h7" : "m4 8.2 2.7 2.7L12 5.3"}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}

export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  if (!label) return <CheckboxBox {...rest} />;
  return (
    <label className={cn("flex items-start gap-2", className)}>
      <span className="flex h-5 items-center">
        <CheckboxBox {...rest} />
      </span>
      <span className="min-w-0">
        <span className="text-base">{label}</span>
        {hint && <span className="block text-xs text-faint">{hint}</span>}
      </span>
    </label>
  );
}
