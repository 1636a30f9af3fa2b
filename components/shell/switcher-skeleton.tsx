import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";

/** Where the field and the places of the switcher will stand. */
export function SwitcherSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="h-10 border-b border-line" />
      <PlaceSkeleton />
    </div>
  );
}

/** Places that are on their way. */
export function PlaceSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3 p-3">
      {["w-32", "w-44", "w-40", "w-28", "w-48"].map((width) => (
        <Skeleton key={width} className={cn("h-3", width)} />
      ))}
    </div>
  );
}
