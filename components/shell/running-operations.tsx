import type { Route } from "next";
import { Link } from "@/components/ui/link";

export interface RunningOperationsProps {
  count: number;
  /** Where their timelines are. */
  href: Route;
}

/** How many operations are running; nothing while none is. */
export function RunningOperations({ count, href }: RunningOperationsProps) {
  if (count === 0) return null;
  const words = count === 1 ? "1 operation running" : `${count.toLocaleString("en-GB")} operations running`;
  return (
    <Link
      href={href}
      title={words}
      className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-table text-muted tabular-nums transition-colors hover:bg-hover hover:text-ink"
    >
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-dot-blue" />
      <span className="max-sm:sr-only">
        {count === 1 ? "1 running" : `${count.toLocaleString("en-GB")} running`}
      </span>
    </Link>
  );
}
