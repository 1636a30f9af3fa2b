import { Page } from "@/components/shell/page";
import { TitleSkeleton } from "@/components/shell/title-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a package's page while it is on its way. */
export function PackageSkeleton() {
  return (
    <Page title={<TitleSkeleton what="Package" />} facts={<Skeleton className="h-9 w-full max-w-[34rem]" />}>
      <Skeleton className="h-44 w-full rounded-md" />
      <Skeleton className="h-64 w-full rounded-md" />
      <Skeleton className="h-40 w-full rounded-md" />
    </Page>
  );
}
