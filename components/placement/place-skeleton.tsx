import { Page } from "@/components/shell/page";
import { TitleSkeleton } from "@/components/shell/title-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a cluster's or a pool's page while it is on its way. */
export function PlaceSkeleton({ what }: { what: string }) {
  return (
    <Page title={<TitleSkeleton what={what} />} facts={<Skeleton className="h-9 w-full max-w-[34rem]" />}>
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <Skeleton className="h-52 w-full rounded-md" />
        <Skeleton className="h-52 w-full rounded-md" />
      </div>
      <Skeleton className="h-40 w-full rounded-md" />
      <Skeleton className="h-40 w-full rounded-md" />
    </Page>
  );
}
