"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { Link } from "./link";
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";

import { cn } from "./cn";
import { floatStyle, optionStyle } from "./float-style";
import type { MenuAction, MenuChoice, MenuEntry } from "./menu-items";
import { overlayContainer } from "./overlay-container";
import type { OpenedBy, OverlayChange } from "./use-overlay";

function Action({ item }: { item: MenuAction }) {
  const blocked = Boolean(item.disabledReason);
  return (
    <Menu.Item
      disabled={blocked}
      onClick={item.onSelect}
      className={cn(
        optionStyle,
        blocked && "items-start",
        item.danger && !blocked && "text-red data-highlighted:bg-red-soft",
      )}
    >
      {item.icon}
      <span className="min-w-0">
        <span className="block truncate">{item.label}</span>
        {blocked && <span className="block max-w-56 text-xs">{item.disabledReason}</span>}
      </span>
    </Menu.Item>
  );
}

function Choice({ item }: { item: MenuChoice }) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-faint">{item.label}</Menu.GroupLabel>
      <Menu.RadioGroup value={item.value} onValueChange={item.onValueChange}>
        {item.options.map((option) => (
          <Menu.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick
            className={cn(optionStyle, "pr-8")}
          >
            <span aria-hidden="true" className="contents">
              {option.icon}
            </span>
            <span className="min-w-0 truncate">{option.label}</span>
            <Menu.RadioItemIndicator className="absolute right-2">
              <Check />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

function Entry({ item }: { item: MenuEntry }) {
  if (item.kind === "separator") return <Menu.Separator className="-mx-1 my-1 h-px bg-line" />;
  if (item.kind === "choice") return <Choice item={item} />;
  if (item.kind !== "link") return <Action item={item} />;
  return (
    <Menu.LinkItem render={<Link href={item.href} />} closeOnClick className={optionStyle}>
      {item.icon}
      <span className="min-w-0 truncate">{item.label}</span>
    </Menu.LinkItem>
  );
}

export interface MenuPopupProps {
  label: string;
  items: readonly MenuEntry[];
  header?: ReactNode;
  align: "start" | "center" | "end";
  trigger: RefObject<HTMLElement | null>;
  open: boolean;
  openedBy: OpenedBy;
  onOpenChange: (open: boolean, change: OverlayChange) => void;
}

/** A menu opened by a key starts on its first item. */
function useFirstItem(open: boolean, openedBy: OpenedBy) {
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open || openedBy !== "keyboard") return;
    const frame = requestAnimationFrame(() => {
      popup.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [open, openedBy]);
  return popup;
}

/** The floating part of a menu, loaded when somebody points at the first one. */
export function MenuPopup(props: MenuPopupProps) {
  const { label, items, header, align, trigger, open, openedBy, onOpenChange } = props;
  const popup = useFirstItem(open, openedBy);
  const [container] = useState(overlayContainer);
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Menu.Portal container={container}>
        <Menu.Positioner
          anchor={trigger}
          side="bottom"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Menu.Popup
            ref={popup}
            aria-label={label}
            finalFocus={trigger}
            className={cn(floatStyle, "max-h-(--available-height) max-w-80 min-w-44 overflow-y-auto p-1")}
          >
            {header && <div className="-mx-1 mb-1 border-b border-line px-3 pt-1 pb-2">{header}</div>}
            {items.map((item, index) => (
              <Entry key={item.kind === "separator" ? `separator-${index}` : item.label} item={item} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
