import { skeletonPage, TitleSkeleton } from "@/components/environments/environment-skeletons";
import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

/** The shape of a set's page while it is on its way. */
export function OptionsSkeleton() {
  return (
    <div role="status" aria-label="Loading options" className={skeletonPage}>
      <TitleSkeleton hasFacts />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title="Otherwise here">
          <Skeleton className="h-64 w-full" />
        </Panel>
        <Panel title="History">
          <SkeletonText lines={6} />
        </Panel>
      </div>
    </div>
  );
}
