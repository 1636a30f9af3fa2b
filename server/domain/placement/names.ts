export const isolations = ["dedicated", "shared"] as const;
export type Isolation = (typeof isolations)[number];

/** How a home is found when no rule decides. */
export const placementPresets = [
  "DatabasePerTenant",
  "ResidencySilo",
  "SharedDb",
  "DedicatedSingleTenant",
] as const;
export type PlacementPreset = (typeof placementPresets)[number];

export const placementVerdicts = ["taken", "passed", "refused"] as const;
export const placementStepKinds = ["request", "fence", "rule", "preset", "cluster", "pool"] as const;
