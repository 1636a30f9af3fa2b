import type { Tone } from "@/components/ui/tone";
import type { RunKind, Severity, Verdict } from "@/server/domain/isolation/names";

export const verdictWords: Record<Verdict, { label: string; tone: Tone }> = {
  holds: { label: "Holds", tone: "green" },
  broken: { label: "Broken", tone: "red" },
  unknown: { label: "Unknown", tone: "grey" },
};

export const severityWords: Record<Severity, { label: string; tone: Tone }> = {
  critical: { label: "Critical", tone: "red" },
  high: { label: "High", tone: "red" },
  medium: { label: "Medium", tone: "amber" },
  low: { label: "Low", tone: "grey" },
};

export const runWords: Record<RunKind, { label: string; checks: string }> = {
  lint: { label: "Lint", checks: "rules" },
  proof: { label: "Proof", checks: "attempts" },
};
