import { Skeleton } from "@/components/ui/skeleton";

/** The shape of steps that are on their way. */
export function TimelineSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3.5 py-0.5">
      {["w-40", "w-36", "w-44"].map((width) => (
        <div key={width} className="flex items-center gap-3">
          <Skeleton className="size-[18px] rounded-full" />
          <Skeleton className={`h-3 ${width}`} />
        </div>
      ))}
    </div>
  );
}
