import { Page } from "@/components/shell/page";
import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

/** The shape of the fleet's overview while its numbers are on their way. */
export function FleetOverviewSkeleton() {
  return (
    <Page title="Fleet">
      <div className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line md:grid-cols-3 xl:grid-cols-6">
        {["w-20", "w-24", "w-16", "w-14", "w-28", "w-12"].map((width) => (
          <div key={width} className="flex h-[82px] flex-col gap-2.5 bg-panel px-4 py-3.5">
            <Skeleton className={`h-2.5 ${width}`} />
            <Skeleton className="h-5 w-12" />
            <Skeleton className="h-2.5 w-24" />
          </div>
        ))}
      </div>
      <Panel title="Databases">
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_15rem]">
          <Skeleton className="h-[180px] w-full" />
          <SkeletonText lines={5} />
        </div>
      </Panel>
    </Page>
  );
}
