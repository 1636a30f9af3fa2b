"use client";

import type { ComponentProps, ReactNode } from "react";

import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** Names the button for everybody: in a tooltip and to screen readers. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  side?: "top" | "right" | "bottom" | "left";
}

export function IconButton({ label, icon, variant = "ghost", size = "md", side, ...props }: IconButtonProps) {
  const { className, type = "button", ...rest } = props;
  return (
    <Tooltip content={label} side={side}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={cn(buttonStyle({ variant, size, square: true }), className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
