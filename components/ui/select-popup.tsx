"use client";

import { Select } from "@base-ui/react/select";
import { Check } from "lucide-react";
import { useState, type RefObject } from "react";

import { cn } from "./cn";
import { floatStyle, optionStyle } from "./float-style";
import { overlayContainer } from "./overlay-container";
import type { SelectOption } from "./select-option";
import type { OverlayChange } from "./use-overlay";

function Option({ option }: { option: SelectOption }) {
  const note = option.disabledReason ?? option.description;
  return (
    <Select.Item
      value={option.value}
      label={option.label}
      disabled={Boolean(option.disabledReason)}
      className={cn(optionStyle, "pr-8")}
    >
      <span aria-hidden="true" className="contents">
        {option.icon}
      </span>
      <span className="min-w-0 flex-1">
        <Select.ItemText className="block truncate">{option.label}</Select.ItemText>
        {note && <span className="block text-xs text-faint">{note}</span>}
      </span>
      <Select.ItemIndicator className="absolute right-2">
        <Check />
      </Select.ItemIndicator>
    </Select.Item>
  );
}

export interface SelectPopupProps {
  listId: string;
  value: string | null;
  onChoose: (value: string) => void;
  options: readonly SelectOption[];
  trigger: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean, change: OverlayChange) => void;
}

/** The options of a select, loaded when somebody points at the first one. */
export function SelectPopup({
  listId,
  value,
  onChoose,
  options,
  trigger,
  open,
  onOpenChange,
}: SelectPopupProps) {
  const [container] = useState(overlayContainer);
  return (
    <Select.Root
      value={value}
      onValueChange={(next) => next !== null && onChoose(next)}
      items={options}
      open={open}
      onOpenChange={onOpenChange}
      modal={false}
    >
      <Select.Portal container={container}>
        <Select.Positioner
          anchor={trigger}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          alignItemWithTrigger={false}
          className="z-50 outline-none"
        >
          <Select.Popup
            finalFocus={trigger}
            className={cn(floatStyle, "max-w-[min(28rem,calc(100vw-1rem))] min-w-(--anchor-width)")}
          >
            <Select.List id={listId} className="max-h-(--available-height) overflow-y-auto p-1">
              {options.map((option) => (
                <Option key={option.value} option={option} />
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
