"use client";

import { useId, type ReactNode } from "react";

import { cn } from "./cn";

export interface RadioCard<Value extends string = string> {
  value: Value;
  label: ReactNode;
  /** One line on what it means. */
  description?: ReactNode;
  /** Before the label: an icon or a pill. */
  icon?: ReactNode;
  /** Why it cannot be chosen; it stays visible and says so in place of the description. */
  disabledReason?: string | null;
}

export interface RadioCardsProps<Value extends string = string> {
  /** Names the choice. */
  legend: ReactNode;
  /** The heading above says it already. */
  hideLegend?: boolean;
  name: string;
  value: Value | null;
  onValueChange: (value: Value) => void;
  options: readonly RadioCard<Value>[];
  /** Cards side by side where there is room. */
  columns?: 1 | 2;
  error?: string | undefined;
}

const grids = { 1: "", 2: "@min-[28rem]:grid-cols-2" };

function Card({
  option,
  name,
  checked,
  onChoose,
}: {
  option: RadioCard;
  name: string;
  checked: boolean;
  onChoose: () => void;
}) {
  const noteId = useId();
  const blocked = Boolean(option.disabledReason);
  const note = option.disabledReason ?? option.description;
  return (
    <label
      className={cn(
        "relative flex min-w-0 items-start gap-2.5 rounded-md border px-3 py-2.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        blocked && "cursor-not-allowed border-line bg-sunken",
        !blocked && "cursor-pointer bg-panel",
        !blocked &&
          (checked
            ? "border-ink shadow-[inset_0_0_0_1px_var(--ink)]"
            : "border-line-strong hover:border-faint"),
      )}
    >
      <input
        type="radio"
        name={name}
        value={option.value}
        checked={checked}
        disabled={blocked}
        aria-describedby={note ? noteId : undefined}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-panel outline-none checked:border-[5px] checked:border-ink disabled:bg-hover"
      />
      <span className="min-w-0 flex-1">
        <span
          className={cn("flex min-w-0 items-center gap-2 text-table font-medium", blocked && "text-faint")}
        >
          <span className="min-w-0 truncate">{option.label}</span>
          {option.icon}
        </span>
        {note && (
          <span id={noteId} className="block text-xs text-faint">
            {note}
          </span>
        )}
      </span>
    </label>
  );
}

/** One of a few, each with its meaning in sight. */
export function RadioCards<Value extends string>({
  legend,
  hideLegend,
  name,
  value,
  error,
  ...props
}: RadioCardsProps<Value>) {
  const errorId = useId();
  return (
    <fieldset
      aria-describedby={error ? errorId : undefined}
      className="@container flex min-w-0 flex-col gap-1.5"
    >
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-table font-medium"}>{legend}</legend>
      <div className={cn("grid gap-2", grids[props.columns ?? 1])}>
        {props.options.map((option) => (
          <Card
            key={option.value}
            option={option}
            name={name}
            checked={option.value === value}
            onChoose={() => props.onValueChange(option.value)}
          />
        ))}
      </div>
      {error && (
        <p id={errorId} role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
    </fieldset>
  );
}
