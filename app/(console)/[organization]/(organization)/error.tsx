"use client";

import { PageError, type PageErrorProps } from "@/components/console/page-error";

export default function OrganizationError(props: PageErrorProps) {
  return <PageError {...props} />;
}
