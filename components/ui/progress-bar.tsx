import { cn } from "./cn";
import type { Tone } from "./tone";

const fills: Record<Tone, string> = {
  green: "bg-dot-green",
  amber: "bg-dot-amber",
  red: "bg-dot-red",
  grey: "bg-muted",
  blue: "bg-dot-blue",
};

export interface ProgressBarProps {
  /** What it measures, for screen readers. */
  label: string;
  value: number;
  max: number;
  tone?: Tone;
  className?: string;
}

/** How far something has come. */
export function ProgressBar({ label, value, max, tone = "blue", className }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-line", className)}
    >
      <div className={cn("h-full rounded-full", fills[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
