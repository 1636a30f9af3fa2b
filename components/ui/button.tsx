"use client";

import { useId, type ComponentProps, type MouseEvent } from "react";

import { BusyDot } from "./busy-dot";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Work is under way: the label says what, presses are ignored, focus stays. */
  loading?: boolean;
  /** Replaces the label while loading: "Creating environment…". */
  loadingLabel?: string;
  /** Why it cannot be pressed now. The button stays visible and focusable and says so. */
  disabledReason?: string | null;
}

/** The one button. `className` places it. */
export function Button({
  variant,
  size,
  loading = false,
  loadingLabel,
  disabledReason,
  ...props
}: ButtonProps) {
  const { className, children, onClick, type = "button", ...rest } = props;
  const reasonId = useId();
  const blocked = loading || Boolean(disabledReason);

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (blocked) event.preventDefault();
    else onClick?.(event);
  }

  return (
    <>
      <Tooltip content={disabledReason} openOnPress={blocked}>
        <button
          {...rest}
          type={type}
          onClick={press}
          aria-disabled={blocked || undefined}
          aria-busy={loading || undefined}
          aria-describedby={disabledReason ? reasonId : rest["aria-describedby"]}
          className={cn(buttonStyle({ variant, size }), className)}
        >
          {loading && <BusyDot className="bg-current" />}
          {loading && loadingLabel ? loadingLabel : children}
        </button>
      </Tooltip>
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  );
}
