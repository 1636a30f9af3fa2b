import { cn } from "./cn";

/** Breathes while something is under way; words beside it say what. */
export function BusyDot({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("size-2 shrink-0 animate-breathe rounded-full", className ?? "bg-dot-blue")}
    />
  );
}
