"use client";

import { LazyPageError } from "@/components/console/lazy-page-error";
import type { PageErrorProps } from "@/components/console/page-error";

export default function EnvironmentError(props: PageErrorProps) {
  return <LazyPageError {...props} />;
}
