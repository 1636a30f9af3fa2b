import { Check, ChevronRight, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { driverLabels } from "@/components/clusters/cluster-words";
import { paths } from "@/components/paths";
import { cn } from "@/components/ui/cn";
import { TextLink } from "@/components/ui/text-link";
import { placementPresets } from "@/server/domain/placement/names";
import { stopsOf, type Step, type Stop, type Tried } from "./line-stops";
import { presetWords } from "./placement-words";

const kindWords: Record<Step["kind"], { one: string; many: string }> = {
  request: { one: "Asked for", many: "requests" },
  fence: { one: "Fence", many: "fences" },
  rule: { one: "Rule", many: "rules" },
  preset: { one: "Preset", many: "presets" },
  cluster: { one: "Cluster", many: "clusters" },
  pool: { one: "Pool", many: "pools" },
};

const verdictWords: Record<Step["verdict"], string> = {
  taken: "taken",
  passed: "passed by",
  refused: "refused",
};

const marks: Record<Step["verdict"], { icon: ReactNode; className: string }> = {
  taken: { icon: <Check />, className: "border-transparent bg-green-soft text-green" },
  passed: { icon: <Minus />, className: "border-line-strong bg-panel text-faint" },
  refused: { icon: <X />, className: "border-transparent bg-red-soft text-red" },
};

function labelOf({ kind, label }: Step): string {
  const preset = kind === "preset" ? placementPresets.find((name) => name === label) : undefined;
  return preset ? presetWords[preset].label : label;
}

/** The way from what is asked for to a cluster: each station says whether it was taken and why. */
export function PlacementLine({ tried }: { tried: Tried }) {
  return (
    <ol aria-label="The way to a cluster" className="min-w-0">
      {stopsOf(tried.steps).map((stop) => (
        <Station key={stop.index} stop={stop} />
      ))}
      <Terminus tried={tried} />
    </ol>
  );
}

function Station({ stop }: { stop: Stop }) {
  const first = stop.kind === "step" ? stop.step : stop.steps[0];
  if (!first) return null;
  return (
    <li className="relative flex gap-3 pb-4">
      <span aria-hidden="true" className="absolute top-[18px] bottom-0 left-[8.5px] w-px bg-line-strong" />
      <Mark verdict={first.verdict} />
      <div className="min-w-0 flex-1 text-table">
        {stop.kind === "step" ? <OneStep step={stop.step} /> : <Folded steps={stop.steps} />}
      </div>
    </li>
  );
}

function Mark({ verdict }: { verdict: Step["verdict"] }) {
  const { icon, className } = marks[verdict];
  return (
    <span
      aria-hidden="true"
      className={cn(
        "z-1 inline-flex size-[18px] shrink-0 items-center justify-center rounded-full border [&_svg]:size-3 [&_svg]:stroke-[2.5]",
        className,
      )}
    >
      {icon}
    </span>
  );
}

function OneStep({ step }: { step: Step }) {
  return (
    <>
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="text-faint">{kindWords[step.kind].one}</span>{" "}
          <bdi className={cn("font-medium", step.verdict === "passed" && "font-normal text-muted")}>
            {labelOf(step)}
          </bdi>
        </span>
        <span
          className={cn(
            "shrink-0 text-xs",
            step.verdict === "taken" && "text-green",
            step.verdict === "refused" && "text-red",
            step.verdict === "passed" && "text-faint",
          )}
        >
          {verdictWords[step.verdict]}
        </span>
      </div>
      <div className="text-xs [overflow-wrap:anywhere] text-muted">{step.reason}</div>
    </>
  );
}

function Folded({ steps }: { steps: readonly Step[] }) {
  const [first] = steps;
  if (!first) return null;
  return (
    <details className="group min-w-0">
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        {steps.length} {kindWords[first.kind].many} {verdictWords[first.verdict]}
      </summary>
      <ul className="flex flex-col gap-2 pt-2">
        {steps.map((step, index) => (
          <li key={index}>
            <OneStep step={step} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Terminus({ tried }: { tried: Tried }) {
  const { cluster, pool, refusal } = tried;
  if (!cluster)
    return (
      <li className="relative flex gap-3">
        <End className="bg-red-fill" />
        <p className="min-w-0 flex-1 rounded-md border border-red/30 bg-red-soft px-3 py-2 text-table text-red">
          <span className="block font-medium">It lands nowhere</span>
          {refusal}
        </p>
      </li>
    );
  return (
    <li className="relative flex gap-3">
      <End className="bg-dot-green" />
      <p className="min-w-0 flex-1 rounded-md border border-line-strong px-3 py-2 text-table">
        {pool ? (
          <>
            <span className="text-muted">It lands in the pool </span>
            <TextLink href={paths.fleetPool(pool.id)} className="font-mono text-xs font-medium">
              {pool.slug}
            </TextLink>
            <span className="text-muted"> on </span>
          </>
        ) : (
          <span className="text-muted">It lands on </span>
        )}
        <TextLink href={paths.fleetCluster(cluster.id)} className="font-mono text-xs font-medium">
          {cluster.slug}
        </TextLink>
        <span className="block text-xs text-muted">
          {driverLabels[cluster.driver]} in {cluster.region}
        </span>
      </p>
    </li>
  );
}

/** Where the line ends: square, as on a plan. */
function End({ className }: { className: string }) {
  return (
    <span aria-hidden="true" className="relative w-[18px] shrink-0">
      <span className="absolute top-0 left-[8.5px] h-3 w-px bg-line-strong" />
      <span className={cn("absolute top-2.5 left-[3px] size-3 rounded-[2px]", className)} />
    </span>
  );
}
