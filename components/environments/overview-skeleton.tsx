import { TimelineSkeleton } from "@/components/operations/timeline-skeleton";
import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";
import { skeletonPage, TitleSkeleton } from "./environment-skeletons";

/** The shape of an environment's overview. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading environment" className={skeletonPage}>
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
