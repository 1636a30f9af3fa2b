"use client";

import { PageError, type PageErrorProps } from "@/components/console/page-error";

export default function EnvironmentError(props: PageErrorProps) {
  return <PageError {...props} />;
}
