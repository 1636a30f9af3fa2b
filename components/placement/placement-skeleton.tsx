import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

export const placementTexts = {
  title: "Placement",
  description:
    "Where a new database lands. The fence comes first, then a cluster or pool that was asked for by name, the rules in their order, and the preset. What is placed already stays where it is.",
};

/** The shape of the placement page while the policy is on its way. */
export function PlacementSkeleton() {
  return (
    <Page {...placementTexts}>
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Skeleton className="h-60 w-full rounded-md" />
          <Skeleton className="h-60 w-full rounded-md" />
        </div>
        <Skeleton className="h-[30rem] w-full rounded-md" />
      </div>
    </Page>
  );
}
