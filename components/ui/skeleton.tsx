import { cn } from "./cn";

/** The shape of what comes; give it size by `className`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("block animate-breathe rounded-sm bg-line", className ?? "h-3 w-full")}
    />
  );
}

const widths = ["w-11/12", "w-full", "w-4/5", "w-2/3"];

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span aria-hidden="true" className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cn("h-3", widths[line % widths.length])} />
      ))}
    </span>
  );
}
