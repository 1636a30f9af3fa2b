import type { Route } from "next";
import { Link } from "./link";
import type { ComponentProps } from "react";

import { cn } from "./cn";

export interface TextLinkProps extends Omit<ComponentProps<"a">, "href"> {
  href: Route;
}

/** A link in running text. */
export function TextLink({ href, className, ...rest }: TextLinkProps) {
  return (
    <Link
      {...rest}
      href={href}
      className={cn(
        "rounded-sm text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent",
        className,
      )}
    />
  );
}
