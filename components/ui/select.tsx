"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./field-context";
import { floatStyle, optionStyle } from "./float-style";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  /** One line below the label. */
  description?: string;
  /** Before the label: an icon or a pill. */
  icon?: ReactNode;
  /** Why it cannot be chosen; it stays visible. */
  disabledReason?: string;
}

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

function Option<Value extends string>({ option }: { option: SelectOption<Value> }) {
  const note = option.disabledReason ?? option.description;
  return (
    <Base.Item
      value={option.value}
      disabled={Boolean(option.disabledReason)}
      className={cn(optionStyle, "pr-8")}
    >
      {option.icon}
      <span className="min-w-0 flex-1">
        <Base.ItemText className="block truncate">{option.label}</Base.ItemText>
        {note && <span className="block text-xs text-faint">{note}</span>}
      </span>
      <Base.ItemIndicator className="absolute right-2">
        <Check className="size-4" />
      </Base.ItemIndicator>
    </Base.Item>
  );
}

/** One of a few. For forms; the filters of a list are facets of the filter bar. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  ...props
}: SelectProps<Value>) {
  const { placeholder = "Choose", name, disabled, onBlur, className } = props;
  const field = useFieldControl({});
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      items={options}
      name={name}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger
        {...field}
        aria-label={props["aria-label"]}
        onBlur={onBlur}
        className={cn(
          controlStyle,
          "flex h-8 items-center gap-2 px-2.5 text-left pointer-coarse:h-10",
          className,
        )}
      >
        {chosen?.icon}
        <Base.Value
          className="min-w-0 flex-1 truncate data-placeholder:text-faint"
          placeholder={placeholder}
        />
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup
            className={cn(floatStyle, "min-w-(--anchor-width) max-w-[min(28rem,calc(100vw-1rem))]")}
          >
            <Base.List className="max-h-(--available-height) overflow-y-auto p-1">
              {options.map((option) => (
                <Option key={option.value} option={option} />
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
