"use client";

import { Ellipsis } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";

import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";
import { cn } from "./cn";
import type { MenuEntry } from "./menu-items";
import { Named } from "./named";
import { useEverOpen } from "./use-ever-open";
import { useOverlay } from "./use-overlay";

const loadPopup = () => import("./menu-popup");
const MenuPopup = lazy(async () => ({ default: (await loadPopup()).MenuPopup }));

export interface MenuProps {
  /** Names the menu: "Actions for staging". Shown as the button's text only when there are no children. */
  label: string;
  items: readonly MenuEntry[];
  /** What the button shows; without it, three dots. */
  children?: ReactNode;
  /** Above the items, such as who is signed in. */
  header?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  align?: "start" | "center" | "end";
  className?: string;
}

/** A button and its list of actions. */
export function Menu({
  label,
  items,
  children,
  header,
  variant = "ghost",
  size = "md",
  ...props
}: MenuProps) {
  const { align = "end", className } = props;
  const overlay = useOverlay(loadPopup);
  const everOpen = useEverOpen(overlay.open);
  return (
    <>
      <button
        {...overlay.triggerProps}
        type="button"
        aria-haspopup="menu"
        aria-label={children ? undefined : label}
        className={cn(
          buttonStyle({ variant, size, square: !children }),
          "aria-expanded:bg-hover aria-expanded:text-ink",
          className,
        )}
      >
        {children ? <Named label={label}>{children}</Named> : <Ellipsis />}
      </button>
      {everOpen && (
        <Suspense>
          <MenuPopup
            label={label}
            items={items}
            header={header}
            align={align}
            trigger={overlay.trigger}
            open={overlay.open}
            openedBy={overlay.openedBy}
            onOpenChange={overlay.onOpenChange}
          />
        </Suspense>
      )}
    </>
  );
}
