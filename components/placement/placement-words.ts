import type { ApiOutputs } from "@/components/api/outputs";
import { driverLabels } from "@/components/clusters/cluster-words";
import { tierLabels } from "@/components/organizations/organization-words";
import { environmentLabels } from "@/components/shell/environment-type";
import type { PlacementPreset } from "@/server/domain/placement/names";

export type Policy = ApiOutputs["placement"]["get"];
export type Rule = Policy["rules"][number];

export const presetWords: Record<PlacementPreset, { label: string; meaning: string }> = {
  DatabasePerTenant: {
    label: "Database per tenant",
    meaning:
      "A database of its own, in the region that was asked for if a cluster there can take it, else in another.",
  },
  ResidencySilo: {
    label: "Residency silo",
    meaning: "A region is a fence for everybody: nothing is placed outside of the region that was asked for.",
  },
  SharedDb: { label: "Shared database", meaning: "Rows in a pool, fenced by row level security." },
  DedicatedSingleTenant: {
    label: "Dedicated single tenant",
    meaning:
      "The whole installation serves one tenant: the first gets a database of its own, and every other is refused. Its services name it themselves.",
  },
};

/** Whom a rule is for, in words: "production of premium organizations in eu-west, fenced". */
export function matchWords(rule: Pick<Rule, "tier" | "envType" | "region" | "fenced">): string {
  const { tier, envType, region, fenced } = rule;
  if (!tier && !envType && !region && fenced === null) return "Everything";
  const what = envType ? `${environmentLabels[envType].long} environments` : "Environments";
  const whose = [
    ...(fenced === null ? [] : [fenced ? "fenced" : "unfenced"]),
    ...(tier ? [tierLabels[tier].toLowerCase()] : []),
  ];
  return [
    what,
    ...(whose.length > 0 ? [`of ${whose.join(" ")} organizations`] : []),
    ...(region ? [`in ${region}`] : []),
  ].join(" ");
}

/** Where a rule leads, in words. */
export function targetWords({
  cluster,
  driver,
  isolation,
}: Pick<Rule, "cluster" | "driver" | "isolation">): string {
  if (isolation === "shared") return cluster ? `a pool on ${cluster.slug}` : "the best pool";
  if (cluster) return cluster.slug;
  return driver ? `the best ${driverLabels[driver]} cluster` : "nowhere";
}
