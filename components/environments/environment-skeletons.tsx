import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";
import { TimelineSkeleton } from "@/components/operations/timeline-skeleton";

const page = "flex min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6";

function TitleSkeleton({ hasFacts = false }: { hasFacts?: boolean }) {
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

/** The shape of an environment's overview. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading environment" className={page}>
      <TitleSkeleton hasFacts />
      <Panel title="Where it lives">
        <div className="grid gap-5 sm:grid-cols-4">
          {["organization", "environment", "home", "database"].map((stop) => (
            <div key={stop} className="flex flex-col gap-2.5">
              <Skeleton className="size-8 rounded-md" />
              <SkeletonText lines={3} />
            </div>
          ))}
        </div>
      </Panel>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Newest operation">
          <TimelineSkeleton />
        </Panel>
        <Panel title="Storage">
          <SkeletonText lines={2} />
        </Panel>
      </div>
    </div>
  );
}

/** The shape of a page with a title and a list of rows. */
export function ListSkeleton({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label} className={page}>
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
    <div role="status" aria-label={label} className={`${page} max-w-[768px]`}>
      <Skeleton className="my-1.5 h-5 w-36" />
      {titles.map((title) => (
        <Panel key={title} title={title}>
          <SkeletonText lines={4} />
        </Panel>
      ))}
    </div>
  );
}
