import { Check, ChevronRight, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { EnvironmentDetail } from "./use-environment";

type Step = EnvironmentDetail["placement"]["why"][number];

const kinds: Record<Step["kind"], string> = {
  request: "request",
  fence: "fence",
  rule: "rule",
  preset: "preset",
  cluster: "cluster",
  pool: "pool",
};

const verdicts: Record<Step["verdict"], { icon: ReactNode; style: string }> = {
  taken: { icon: <Check />, style: "text-green" },
  passed: { icon: <Minus />, style: "text-faint" },
  refused: { icon: <X />, style: "text-red" },
};

/** What was looked at to find a home, in order, each taken, passed or refused and why. */
function PlacementSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol aria-label="How the home was found" className="flex min-w-0 flex-col gap-2 text-table">
      {steps.map((step, index) => {
        const { icon, style } = verdicts[step.verdict];
        return (
          <li key={index} className="flex min-w-0 items-start gap-2">
            <span aria-hidden="true" className={cn("mt-0.5 shrink-0 [&>svg]:size-3.5", style)}>
              {icon}
            </span>
            <p className="min-w-0 [overflow-wrap:anywhere]">
              <span className="text-faint">{kinds[step.kind]}</span>{" "}
              <bdi className="font-medium">{step.label}</bdi> <span className={style}>{step.verdict}</span>
              <span className="text-muted">: {step.reason}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** The same, folded behind its question. */
export function WhyHere({ steps, question }: { steps: readonly Step[]; question: string }) {
  if (steps.length === 0) return null;
  return (
    <details className="group min-w-0">
      <summary className="-mx-1 flex w-fit list-none items-center gap-1.5 rounded-sm px-1 text-table text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        {question}
      </summary>
      <div className="pt-2 pl-5">
        <PlacementSteps steps={steps} />
      </div>
    </details>
  );
}
