import { Check, ChevronRight, Minus, Undo2, X } from "lucide-react";
import type { ReactNode } from "react";

import { BusyDot } from "./busy-dot";
import { cn } from "./cn";
import { Duration, RunningDuration } from "./duration";

export type StepState = "pending" | "running" | "done" | "failed" | "undone" | "skipped";

export interface StepItem {
  id: string;
  name: string;
  state: StepState;
  /** When it began; a running step counts from here. */
  startedAt?: Date | string | number | null;
  durationMs?: number | null;
  /** What it did: "14 tables, 3 indexes". */
  detail?: ReactNode;
  /** Why it failed. */
  error?: string | null;
}

const words: Record<StepState, string> = {
  pending: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  undone: "Undone",
  skipped: "Skipped",
};

const marks: Record<StepState, string> = {
  pending: "border border-line-strong bg-panel",
  running: "bg-accent-soft",
  done: "bg-green-soft text-green",
  failed: "bg-red-fill text-[oklch(0.99_0_0)]",
  undone: "bg-hover text-muted",
  skipped: "bg-hover text-muted",
};

const icons: Partial<Record<StepState, ReactNode>> = {
  running: <BusyDot />,
  done: <Check />,
  failed: <X />,
  undone: <Undo2 />,
  skipped: <Minus />,
};

function StepMark({ state }: { state: StepState }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "z-1 inline-flex size-[18px] shrink-0 items-center justify-center rounded-full [&_svg]:size-3 [&_svg]:stroke-[2.5]",
        marks[state],
      )}
    >
      {icons[state]}
    </span>
  );
}

function StepTiming({ step }: { step: StepItem }) {
  if (step.state === "running" && step.startedAt) return <RunningDuration since={step.startedAt} />;
  if (step.durationMs !== null && step.durationMs !== undefined)
    return <Duration milliseconds={step.durationMs} />;
  return null;
}

function Step({ step, last }: { step: StepItem; last: boolean }) {
  const quiet = step.state === "done" || step.state === "pending";
  return (
    <li aria-label={step.name} className="relative flex gap-3 pb-3 last:pb-0">
      {!last && (
        <span aria-hidden="true" className="absolute top-[18px] bottom-0 left-[8.5px] w-px bg-line" />
      )}
      <StepMark state={step.state} />
      <div className="min-w-0 flex-1 text-table">
        <div className="flex items-baseline justify-between gap-3">
          <span
            className={cn(
              "min-w-0 truncate",
              step.state === "pending" && "text-faint",
              step.state === "running" && "font-medium",
              step.state === "undone" && "text-muted line-through",
            )}
          >
            {step.name}
          </span>
          <span className="flex shrink-0 gap-2 text-xs text-faint">
            <span className={cn(quiet && "sr-only", step.state === "failed" && "text-red")}>
              {words[step.state]}
            </span>
            <StepTiming step={step} />
          </span>
        </div>
        {step.detail && <div className="text-xs [overflow-wrap:anywhere] text-faint">{step.detail}</div>}
        {step.error && (
          <div className="mt-1.5 rounded-sm border border-red/30 bg-red-soft px-2.5 py-1.5 text-xs [overflow-wrap:anywhere] whitespace-pre-line text-red">
            {step.error}
          </div>
        )}
      </div>
    </li>
  );
}

export interface StepListProps {
  /** What the steps do: "Provisioning staging". */
  label: string;
  steps: readonly StepItem[];
  /** One line that stands for all steps, which then fold below it: "Provisioned in 1.2 s". */
  summary?: ReactNode;
}

/** The steps of an operation, live. The running one breathes. */
export function StepList({ label, steps, summary }: StepListProps) {
  const list = (
    <ol aria-label={label} className="min-w-0">
      {steps.map((step, index) => (
        <Step key={step.id} step={step} last={index === steps.length - 1} />
      ))}
    </ol>
  );
  if (!summary) return list;
  return (
    <details className="group min-w-0">
      <summary className="-mx-1 flex list-none items-center gap-1.5 rounded-sm px-1 text-table text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 truncate">{summary}</span>
      </summary>
      <div className="pt-3 pl-0.5">{list}</div>
    </details>
  );
}
