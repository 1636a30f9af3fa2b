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
            "flex items-start gap-2.5 rounded-md border px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
            disabledReason ? "cursor-not-allowed bg-sunken" : "cursor-pointer bg-panel",
            option.value === value
              ? "border-ink shadow-[inset_0_0_0_1px_var(--ink)]"
              : "border-line-strong hover:border-faint",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={Boolean(disabledReason)}
            onChange={() => onChange(option.value)}
            className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-panel outline-none checked:border-[5px] checked:border-ink"
          />
          <span className="min-w-0">
            <span className="block text-table font-medium">{option.label}</span>
            {option.hint && <span className="block text-xs text-faint">{option.hint}</span>}
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
