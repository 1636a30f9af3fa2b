"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense, useId } from "react";

import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./field-context";
import type { SelectOption } from "./select-option";
import { useEverOpen } from "./use-ever-open";
import { useOverlay } from "./use-overlay";

const loadPopup = () => import("./select-popup");
const SelectPopup = lazy(async () => ({ default: (await loadPopup()).SelectPopup }));

export interface SelectProps<Value extends string = string> {
  value: Value | null;
  onValueChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  placeholder?: string;
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  "aria-label"?: string;
  className?: string;
}

/** One of a few. For forms; the filters of a list are facets of the filter bar. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  ...props
}: SelectProps<Value>) {
  const { placeholder = "Choose", name, disabled = false, onBlur, className } = props;
  const field = useFieldControl({});
  const listId = useId();
  const overlay = useOverlay(loadPopup);
  const everOpen = useEverOpen(overlay.open);
  const chosen = options.find((option) => option.value === value);

  function choose(next: string) {
    const option = options.find((entry) => entry.value === next);
    if (option) onValueChange(option.value);
  }

  return (
    <>
      <button
        {...field}
        {...overlay.triggerProps}
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-controls={overlay.open ? listId : undefined}
        aria-label={props["aria-label"]}
        disabled={disabled}
        onBlur={onBlur}
        className={cn(
          controlStyle,
          "flex h-8 items-center gap-2 px-2.5 text-left pointer-coarse:h-10",
          className,
        )}
      >
        <span aria-hidden="true" className="contents">
          {chosen?.icon}
        </span>
        <span className={cn("min-w-0 flex-1 truncate", !chosen && "text-faint")}>
          {chosen?.label ?? placeholder}
        </span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      </button>
      {name && <input type="hidden" name={name} value={value ?? ""} />}
      {everOpen && (
        <Suspense>
          <SelectPopup
            listId={listId}
            value={value}
            onChoose={choose}
            options={options}
            trigger={overlay.trigger}
            open={overlay.open}
            onOpenChange={overlay.onOpenChange}
          />
        </Suspense>
      )}
    </>
  );
}
