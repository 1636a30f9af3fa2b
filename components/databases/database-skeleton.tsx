import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

/** The shape of a database page. */
export function DatabaseSkeleton() {
  return (
    <div className="flex min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6">
      <div className="flex h-8 items-center justify-between gap-6">
        <Skeleton className="h-5 w-36" />
        <Skeleton className="h-8 w-28" />
      </div>
      <DatabasePanelsSkeleton />
    </div>
  );
}

export function DatabasePanelsSkeleton() {
  return (
    <div
      role="status"
      aria-label="Looking into the database"
      className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
    >
      <div className="flex min-w-0 flex-col gap-5">
        <Panel title="Where it is">
          <SkeletonText lines={8} />
        </Panel>
        <Panel title="Tables">
          <SkeletonText lines={4} />
        </Panel>
      </div>
      <div className="flex min-w-0 flex-col gap-5 max-lg:order-first">
        <Panel title="Size">
          <SkeletonText lines={2} />
        </Panel>
        <Panel title="Stamp">
          <SkeletonText lines={3} />
        </Panel>
      </div>
    </div>
  );
}
