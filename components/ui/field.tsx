"use client";

import { useId, useMemo, type ReactNode } from "react";

import { cn } from "./cn";
import { FieldContext } from "./field-context";
import { useStillWhilePressed } from "./use-still-while-pressed";

export interface FieldProps {
  label: ReactNode;
  /** What to enter and what it is used for. Stays while there is an error. */
  hint?: ReactNode;
  /** What is wrong and what would be right. */
  error?: string | undefined;
  /** Says "optional" beside the label; everything else is needed. */
  optional?: boolean;
  required?: boolean;
  /** Shown at the end of the label line, such as a link "Forgot password". */
  aside?: ReactNode;
  className?: string;
  /** One control: Input, Textarea, Select. */
  children: ReactNode;
}

/** Label, control, hint and error, wired for screen readers. */
export function Field({
  label,
  hint,
  error: present,
  optional,
  required = false,
  aside,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const error = useStillWhilePressed(present);
  const hintId = hint ? `${id}-hint` : "";
  const errorId = error ? `${id}-error` : "";
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  const invalid = Boolean(error);
  const control = useMemo(
    () => ({ id, describedBy, invalid, required }),
    [id, describedBy, invalid, required],
  );
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-table font-medium text-ink">
          {label}
          {optional && <span className="font-normal text-faint"> (optional)</span>}
        </label>
        {aside && <span className="text-xs">{aside}</span>}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      {error && (
        <p id={errorId} role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-xs text-faint">
          {hint}
        </p>
      )}
    </div>
  );
}
