import type { ApiOutputs } from "@/components/api/outputs";

export type Explained = ApiOutputs["resolution"]["explain"];
export type ExplainedHint = Explained["hints"][number];

export type Lane = { source: string; hint: ExplainedHint } | { source: string; hint: null };

/** A lane for each hint in the policy's order, and one for each source of the policy that says nothing. */
export function lanesOf({ policy, hints }: Pick<Explained, "policy" | "hints">): Lane[] {
  const listed = new Set(policy.order);
  const inOrder = policy.order.flatMap((source): Lane[] => {
    const there = hints.filter((hint) => hint.source === source);
    return there.length > 0 ? there.map((hint) => ({ source, hint })) : [{ source, hint: null }];
  });
  const others = hints
    .filter(({ source }) => !listed.has(source))
    .map((hint) => ({ source: hint.source, hint }));
  return [...inOrder, ...others];
}
