import { Skeleton } from "@/components/ui/skeleton";

/** The shape of the fleet's settings while they are on their way. */
export function FleetSettingsSkeleton() {
  return (
    <>
      <Skeleton className="h-60 w-full rounded-md" />
      <Skeleton className="h-48 w-full rounded-md" />
      <Skeleton className="h-72 w-full rounded-md" />
    </>
  );
}
