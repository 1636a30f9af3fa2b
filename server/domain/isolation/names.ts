export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

export const runKinds = ["lint", "proof"] as const;
export type RunKind = (typeof runKinds)[number];

export const verdicts = ["holds", "broken", "unknown"] as const;
export type Verdict = (typeof verdicts)[number];

export const findingStates = ["open", "closed"] as const;

/** What a lint says by itself. A low finding costs speed or depth and opens nothing. */
export function lintVerdict(findings: { severity: Severity }[]): Verdict {
  return findings.some(({ severity }) => severity !== "low") ? "broken" : "holds";
}

/** What the newest lint and the newest proof say together; null: there was none. */
export function poolVerdict(lint: Verdict | null, proof: Verdict | null): Verdict {
  if (lint === "broken" || proof === "broken") return "broken";
  return lint === "holds" && proof === "holds" ? "holds" : "unknown";
}
