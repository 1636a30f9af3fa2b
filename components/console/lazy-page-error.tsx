"use client";

import { lazy, Suspense } from "react";
import type { PageErrorProps } from "./page-error";
import { useRecovery } from "./use-recovery";

const PageError = lazy(async () => ({ default: (await import("./page-error")).PageError }));

/** The error page, loaded when there is an error: every page would carry it otherwise. */
export function LazyPageError(props: PageErrorProps) {
  useRecovery(props.error);
  return (
    <Suspense>
      <PageError {...props} />
    </Suspense>
  );
}
