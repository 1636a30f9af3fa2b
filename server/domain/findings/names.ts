export const findingKinds = ["orphan", "missing", "damaged", "leftover"] as const;
export type FindingKind = (typeof findingKinds)[number];
