"use client";

import { PageError, type PageErrorProps } from "@/components/console/page-error";

export default function AccountError(props: PageErrorProps) {
  return <PageError {...props} />;
}
