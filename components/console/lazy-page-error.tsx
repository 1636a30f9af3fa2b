"use client";

import { lazy, Suspense } from "react";
import type { PageErrorProps } from "./page-error";

const PageError = lazy(async () => ({ default: (await import("./page-error")).PageError }));

/** The error page, loaded when there is an error: every page would carry it otherwise. */
export function LazyPageError(props: PageErrorProps) {
  return (
    <Suspense>
      <PageError {...props} />
    </Suspense>
  );
}
