"use client";

import { useEffect, useState } from "react";

import { formatDuration } from "./format";

export interface DurationProps {
  milliseconds: number;
  className?: string;
}

export function Duration({ milliseconds, className }: DurationProps) {
  return (
    <span className={className ?? "whitespace-nowrap tabular-nums"}>{formatDuration(milliseconds)}</span>
  );
}

function elapsedSince(since: Date) {
  return Math.floor((Date.now() - since.getTime()) / 1000) * 1000;
}

/** How long something has been running, in whole seconds, ticking. */
export function RunningDuration({ since, className }: { since: Date | string | number; className?: string }) {
  const start = new Date(since).getTime();
  const [elapsed, setElapsed] = useState(() => elapsedSince(new Date(start)));
  useEffect(() => {
    const timer = setInterval(() => setElapsed(elapsedSince(new Date(start))), 1000);
    return () => clearInterval(timer);
  }, [start]);
  return (
    <span suppressHydrationWarning className={className ?? "whitespace-nowrap tabular-nums"}>
      {formatDuration(Math.max(1000, elapsed))}
    </span>
  );
}
