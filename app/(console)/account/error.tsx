"use client";

import { LazyPageError } from "@/components/console/lazy-page-error";
import type { PageErrorProps } from "@/components/console/page-error";

export default function AccountError(props: PageErrorProps) {
  return <LazyPageError {...props} />;
}
