import { tenantCountOf, type PlacementPolicy } from "./decide";
import type { PlacementPreset } from "./names";

/** Why a preset cannot be chosen as things stand; null when it can. */
export function presetRefusal(preset: PlacementPreset, policy: PlacementPolicy): string | null {
  if (preset !== "DedicatedSingleTenant") return null;
  const count = tenantCountOf(policy);
  return count > 1 ? `There are ${count} tenants here, and it is for one.` : null;
}
