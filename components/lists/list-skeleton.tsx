import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

interface ListSkeletonProps {
  title: string;
  /** How many filters stand beside the search. */
  facets?: number;
  /** As the page has them, so that nothing moves when it comes. */
  description?: string;
  tabs?: ReactNode;
}

/** The shape of a list page while its first rows are on their way. */
export function ListSkeleton({ title, facets = 1, ...header }: ListSkeletonProps) {
  return (
    <Page title={title} {...header}>
      <div className="flex gap-2">
        <Skeleton className="h-8 w-48 rounded-md sm:w-72" />
        {Array.from({ length: facets }, (_, facet) => (
          <Skeleton key={facet} className="h-8 w-20 rounded-md" />
        ))}
      </div>
      <div aria-busy="true">
        <span className="block h-8 border-b border-line max-sm:h-9" />
        {["w-2/5", "w-1/3", "w-1/2", "w-2/5", "w-1/4", "w-1/3", "w-2/5", "w-1/3"].map((width, row) => (
          <span
            key={row}
            className="flex h-9 items-center gap-6 border-b border-line px-2 max-sm:h-14 max-sm:items-start max-sm:pt-3"
          >
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="ml-auto h-3 w-16" />
            <Skeleton className="h-3 w-24 max-sm:hidden" />
            <Skeleton className="h-3 w-16 max-sm:hidden" />
          </span>
        ))}
      </div>
    </Page>
  );
}
