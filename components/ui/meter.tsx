import type { ReactNode } from "react";

import { cn } from "./cn";
import { toneDot, type Tone } from "./tone";

export interface MeterProps {
  label: string;
  value: number;
  /** The limit; null when there is none. */
  max: number | null;
  /** Spells a number: `formatBytes`. */
  format?: (value: number) => string;
  /** Below the bar, such as what happens at the limit. */
  hint?: ReactNode;
  /** In a cell: a short bar with the number beside it; the label is for screen readers. */
  compact?: boolean;
}

function toneOf(share: number): Tone {
  if (share >= 1) return "red";
  return share >= 0.8 ? "amber" : "grey";
}

/** Use against a limit, with the number. Amber from 80 %, red at the limit. */
export function Meter({
  label,
  value,
  max,
  format = (number) => number.toLocaleString("en-GB"),
  hint,
  compact = false,
}: MeterProps) {
  const share = max ? value / max : 0;
  const text = max === null ? `${format(value)}, no limit` : `${format(value)} of ${format(max)}`;
  const bar = (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max ?? value}
      aria-valuenow={value}
      aria-valuetext={text}
      className={cn("h-1.5 overflow-hidden rounded-full bg-line", compact && "w-14 shrink-0")}
    >
      <div
        className={cn("h-full rounded-full", toneDot[toneOf(share)])}
        style={{ width: `${Math.min(1, share) * 100}%`, minWidth: value > 0 && max !== null ? 3 : 0 }}
      />
    </div>
  );
  if (compact)
    return (
      <div className="inline-flex max-w-full min-w-0 items-center gap-2.5 align-middle">
        {bar}
        <span className="min-w-0 truncate tabular-nums">{text}</span>
      </div>
    );
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-table">
        <span className="min-w-0 truncate">{label}</span>
        <span className="shrink-0 text-muted tabular-nums">{text}</span>
      </div>
      {bar}
      {hint && <div className="text-xs text-faint">{hint}</div>}
    </div>
  );
}
