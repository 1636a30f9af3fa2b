export const findingKinds = ["missing", "damaged", "orphan", "leftover"] as const;
export type FindingKind = (typeof findingKinds)[number];
