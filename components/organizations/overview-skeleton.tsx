import { BusyText } from "@/components/ui/busy-text";
import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

/** The shape of the overview while it is on its way. */
export function OverviewSkeleton() {
  return (
    <div className="flex min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6">
      <span className="sr-only">
        <BusyText>Loading the overview…</BusyText>
      </span>
      <div className="flex h-8 items-center justify-between">
        <Skeleton className="h-5 w-48" />
        <Skeleton className="h-8 w-40" />
      </div>
      <Skeleton className="h-[34px] w-72" />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-2.5">
          <Skeleton className="h-6 w-32" />
          <div className="grid gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
            {Array.from({ length: 3 }, (_, card) => (
              <Panel key={card}>
                <SkeletonText lines={3} />
              </Panel>
            ))}
          </div>
        </div>
        <Panel title="At a glance">
          <SkeletonText lines={5} />
        </Panel>
      </div>
    </div>
  );
}
