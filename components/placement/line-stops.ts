import type { ApiOutputs } from "@/components/api/outputs";

export type Tried = ApiOutputs["placement"]["try"];
export type Step = Tried["steps"][number];

/** A station of the line, or several alike that are folded into one. */
export type Stop =
  { kind: "step"; step: Step; index: number } | { kind: "fold"; steps: Step[]; index: number };

const mostAlike = 3;

/** The steps as stations: more than three of a kind that did not decide are one. */
export function stopsOf(steps: readonly Step[]): Stop[] {
  const runs: { steps: Step[]; index: number }[] = [];
  for (const [index, step] of steps.entries()) {
    const run = runs.at(-1);
    const last = run?.steps.at(-1);
    const alike =
      last && step.verdict !== "taken" && last.verdict === step.verdict && last.kind === step.kind;
    if (run && alike) run.steps.push(step);
    else runs.push({ steps: [step], index });
  }
  return runs.flatMap((run): Stop[] =>
    run.steps.length > mostAlike
      ? [{ kind: "fold", ...run }]
      : run.steps.map((step, n) => ({ kind: "step", step, index: run.index + n })),
  );
}
