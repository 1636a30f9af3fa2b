export const poolStates = ["creating", "active", "draining", "failed"] as const;
export type PoolState = (typeof poolStates)[number];
