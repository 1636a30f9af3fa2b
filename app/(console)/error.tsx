"use client";

import { PageError, type PageErrorProps } from "@/components/console/page-error";

export default function ConsoleError(props: PageErrorProps) {
  return (
    <main>
      <PageError {...props} />
    </main>
  );
}
