import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a cluster's page while it is on its way. */
export function ClusterSkeleton() {
  return (
    <Page
      title={
        <>
          <span className="sr-only">Cluster</span>
          <Skeleton className="h-6 w-48" />
        </>
      }
      facts={<Skeleton className="h-9 w-full max-w-[34rem]" />}
    >
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <Skeleton className="h-52 w-full rounded-md" />
        <Skeleton className="h-52 w-full rounded-md" />
      </div>
      <Skeleton className="h-24 w-full rounded-md" />
      <Skeleton className="h-40 w-full rounded-md" />
    </Page>
  );
}
