import { BusyText } from "@/components/ui/busy-text";
import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

/** The shape of a page of panels with forms while it is on its way. */
export function FormSkeleton() {
  return (
    <div className="flex max-w-[768px] min-w-0 flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6">
      <span className="sr-only">
        <BusyText>Loading the page…</BusyText>
      </span>
      <Skeleton className="h-7 w-40" />
      {Array.from({ length: 2 }, (_, panel) => (
        <Panel key={panel}>
          <SkeletonText lines={5} />
        </Panel>
      ))}
    </div>
  );
}
