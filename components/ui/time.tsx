"use client";

import { formatExact, formatRelative } from "./format";
import { Tooltip } from "./tooltip";
import { useHydrated } from "./use-hydrated";
import { useNow } from "./use-now";

export interface TimeProps {
  value: Date | string | number;
  /** The exact time in the person's zone instead of the distance. */
  exact?: boolean;
  className?: string;
}

function ExactTimes({ date }: { date: Date }) {
  return (
    <span className="grid grid-cols-[auto_auto] gap-x-3 tabular-nums">
      <span>{formatExact(date)}</span>
      <span className="text-right opacity-70">here</span>
      <span>{formatExact(date, "UTC")}</span>
      <span className="text-right opacity-70">UTC</span>
    </span>
  );
}

/** When, as a distance that ticks; on hover exactly, here and in UTC. */
export function Time({ value, exact = false, className }: TimeProps) {
  const hydrated = useHydrated();
  const now = useNow();
  const date = new Date(value);
  // The server knows no zone: until the browser has taken over, days are those of UTC.
  const zone = hydrated ? undefined : "UTC";
  return (
    <Tooltip content={<ExactTimes date={date} />}>
      <time
        dateTime={date.toISOString()}
        suppressHydrationWarning
        className={className ?? "whitespace-nowrap"}
      >
        {exact ? formatExact(date, zone) : formatRelative(date, new Date(now), zone)}
      </time>
    </Tooltip>
  );
}
