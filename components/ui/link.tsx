"use client";

import NextLink from "next/link";
import { useState, type ComponentProps } from "react";

/**
 * Fetches the page behind it when somebody points at it, focuses it or touches it. Links
 * that are merely in sight would each load their page's code with the first one.
 */
export function Link({ onMouseEnter, onFocus, onTouchStart, ...rest }: ComponentProps<typeof NextLink>) {
  const [wanted, setWanted] = useState(false);
  return (
    <NextLink
      {...rest}
      prefetch={wanted ? null : false}
      onMouseEnter={(event) => {
        setWanted(true);
        onMouseEnter?.(event);
      }}
      onFocus={(event) => {
        setWanted(true);
        onFocus?.(event);
      }}
      onTouchStart={(event) => {
        setWanted(true);
        onTouchStart?.(event);
      }}
    />
  );
}
