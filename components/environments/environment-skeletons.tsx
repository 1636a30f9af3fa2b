import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

export const skeletonPage = "flex min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6";

export function TitleSkeleton({ hasFacts = false }: { hasFacts?: boolean }) {
  return (
    <>
      <div className="flex h-8 items-center justify-between gap-6">
        <Skeleton className="h-5 w-44" />
        <Skeleton className="h-8 w-36" />
      </div>
      {hasFacts && (
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {["w-40", "w-20", "w-16", "w-24", "w-20"].map((width, index) => (
            <div key={index} className="flex h-[34px] flex-col justify-between py-0.5">
              <Skeleton className="h-2.5 w-12" />
              <Skeleton className={`h-3 ${width}`} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** The shape of a page with a title and a list of rows. */
export function ListSkeleton({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label} className={skeletonPage}>
      <TitleSkeleton />
      <Skeleton className="h-8 w-72 max-w-full" />
      <div className="flex flex-col divide-y divide-line border-y border-line">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-9 items-center gap-6">
            <Skeleton className="h-3 w-1/3" />
            <Skeleton className="h-3 w-1/6" />
            <Skeleton className="h-3 w-1/6" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The shape of a page of panels below each other. */
export function PanelsSkeleton({ label, titles }: { label: string; titles: readonly string[] }) {
  return (
    <div role="status" aria-label={label} className={`${skeletonPage} max-w-[768px]`}>
      <Skeleton className="my-1.5 h-5 w-36" />
      {titles.map((title) => (
        <Panel key={title} title={title}>
          <SkeletonText lines={4} />
        </Panel>
      ))}
    </div>
  );
}
