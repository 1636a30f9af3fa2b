import type { ReactNode } from "react";

import { cn } from "@/components/ui/cn";
import { PageHeader, type PageHeaderProps } from "@/components/ui/page-header";

export interface PageProps extends PageHeaderProps {
  /** 720 px for forms and prose, the whole width for tables. */
  width?: "full" | "prose";
  /** Under the title: Facts. */
  facts?: ReactNode;
  /** Under the facts: TabsNav. */
  tabs?: ReactNode;
  children: ReactNode;
}

/** A page inside the frame: title, count, action, content. */
export function Page({ width = "full", facts, tabs, children, ...header }: PageProps) {
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6",
        width === "prose" && "max-w-[768px]",
      )}
    >
      <PageHeader {...header} />
      {facts}
      {tabs}
      {children}
    </div>
  );
}
