export const findingKinds = ["missing", "damaged", "orphan", "leftover", "unreachable"] as const;
export type FindingKind = (typeof findingKinds)[number];
