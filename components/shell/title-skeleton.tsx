import { Skeleton } from "@/components/ui/skeleton";

/** In place of a page's title until what it is called is there; `what` is what a screen reader says. */
export function TitleSkeleton({ what }: { what: string }) {
  return (
    <>
      <span className="sr-only">{what}</span>
      <Skeleton className="h-6 w-48" />
    </>
  );
}
