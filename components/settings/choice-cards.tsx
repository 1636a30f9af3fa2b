"use client";

import { useId, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  /** What follows from it, in a line. */
  hint?: ReactNode;
}

interface ChoiceCardsProps<Value extends string> {
  legend: string;
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly Choice<Value>[];
  /** Why none can be chosen; they stay readable. */
  disabledReason?: string | null;
}

/** One of two or three, each with what follows from it. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { legend, name, value, onChange, options, disabledReason } = props;
  const reasonId = useId();
  return (
    <fieldset
      className="flex min-w-0 flex-col gap-2"
      aria-describedby={disabledReason ? reasonId : undefined}
    >
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "flex items-start gap-3 rounded-md border px-3 py-2.5",
            option.value === value ? "border-ink/40 bg-sunken" : "border-line",
            disabledReason ? "cursor-not-allowed" : "cursor-pointer hover:border-line-strong",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={Boolean(disabledReason)}
            onChange={() => onChange(option.value)}
            className="mt-[3px] size-3.5 shrink-0 accent-ink"
          />
          <span className="min-w-0">
            <span className="block text-table font-medium">{option.label}</span>
            {option.hint && <span className="block text-xs text-muted">{option.hint}</span>}
          </span>
        </label>
      ))}
      {disabledReason && (
        <p id={reasonId} className="text-xs text-faint">
          {disabledReason}
        </p>
      )}
    </fieldset>
  );
}
