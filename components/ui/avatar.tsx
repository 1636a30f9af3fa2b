import { cn } from "./cn";
import { initialsOf } from "./format";

export interface AvatarProps {
  name: string;
  size?: "sm" | "md";
  className?: string;
}

/** Initials in a circle. Decoration: the name stands beside it or names its button. */
export function Avatar({ name, size = "md", className }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full border border-line-strong bg-hover text-micro font-medium text-muted",
        size === "sm" ? "size-5" : "size-6",
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
