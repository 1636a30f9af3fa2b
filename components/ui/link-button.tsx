import type { Route } from "next";
import { Link } from "./link";
import type { ComponentProps } from "react";

import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";
import { cn } from "./cn";

export interface LinkButtonProps extends Omit<ComponentProps<"a">, "href"> {
  href: Route;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** False leaves the script of a heavy page until somebody goes there. */
  prefetch?: false;
}

/** Goes somewhere, looks like a button. */
export function LinkButton({ href, variant, size, className, ...rest }: LinkButtonProps) {
  return <Link {...rest} href={href} className={cn(buttonStyle({ variant, size }), className)} />;
}
