import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";
import { TimelineSkeleton } from "./timeline-skeleton";

/** The shape of an operation's page. */
export function OperationSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading operation"
      className="flex max-w-[768px] min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6"
    >
      <Skeleton className="my-1.5 h-5 w-56" />
      <div className="flex gap-6">
        <Skeleton className="h-8 w-32" />
        <Skeleton className="h-8 w-20" />
        <Skeleton className="h-8 w-20" />
      </div>
      <Panel title="Steps">
        <TimelineSkeleton />
      </Panel>
      <Panel title="Record">
        <SkeletonText lines={6} />
      </Panel>
    </div>
  );
}
