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

/** Why a preset cannot be chosen in this version; null when it can. */
export const presetRefusals: Record<PlacementPreset, string | null> = {
  DatabasePerTenant: null,
  ResidencySilo: null,
  SharedDb: null,
  DedicatedSingleTenant: "Needs static configuration of the one tenant, which this version does not have.",
};

export const placementVerdicts = ["taken", "passed", "refused"] as const;
export const placementStepKinds = ["request", "fence", "rule", "preset", "cluster", "pool"] as const;
