import { cn } from "./cn";
import { toneDot, type Tone } from "./tone";

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
      <div className={cn("h-full rounded-full", toneDot[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
