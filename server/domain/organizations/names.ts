export const tiers = ["standard", "premium", "enterprise"] as const;
export type Tier = (typeof tiers)[number];
