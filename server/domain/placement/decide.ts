import type { cluster, placementRule } from "@/drizzle/control/schema/clusters";
import type { PlacementStep } from "@/drizzle/control/schema/environments";
import type { EnvironmentType } from "@/server/domain/environments/names";
import type { Tier } from "@/server/domain/organizations/names";
import type { PlacementPreset } from "./names";

export type Candidate = Pick<
  typeof cluster.$inferSelect,
  "id" | "slug" | "driver" | "region" | "state" | "capacity" | "databaseCount"
>;
export type Rule = Pick<
  typeof placementRule.$inferSelect,
  "id" | "name" | "tier" | "envType" | "region" | "fenced" | "clusterId" | "driver"
>;

/** What placing depends on, as it stands now. Rules in their order, without those that are switched off. */
export interface PlacementPolicy {
  preset: PlacementPreset;
  rules: readonly Rule[];
  clusters: readonly Candidate[];
}

export interface PlacementRequest {
  tier: Tier;
  envType: EnvironmentType;
  region: string;
  /** The only region where the organization's data may be; null: anywhere. */
  residency: string | null;
  driver?: Candidate["driver"] | undefined;
  /** The slug of a cluster that was asked for. */
  cluster?: string | undefined;
}

export type PlacementDecision =
  | { cluster: Candidate; steps: PlacementStep[] }
  | { cluster: null; code: "residency_violation" | "precondition"; message: string; steps: PlacementStep[] };

const preference: Record<Candidate["driver"], number> = { sqlite: 0, postgres: 1, turso: 2 };

/**
 * Finds the home of a new database: the fence first, then what was asked for, the rules in
 * order, the preset. Says of everything that it looked at why it was taken, passed or refused.
 */
export function decidePlacement(policy: PlacementPolicy, request: PlacementRequest): PlacementDecision {
  const steps: PlacementStep[] = [];
  const fence = request.residency ?? (policy.preset === "ResidencySilo" ? request.region : null);
  if (fence !== null) {
    if (request.region !== fence) {
      const reason = `Its data must stay in ${fence}, and ${request.region} was asked for.`;
      steps.push({ kind: "fence", label: fence, verdict: "refused", reason });
      return { cluster: null, code: "residency_violation", message: reason, steps };
    }
    steps.push({
      kind: "fence",
      label: fence,
      verdict: "taken",
      reason: `Only clusters in ${fence} come into question.`,
    });
  }
  const refusalOf = (candidate: Candidate) => refusal(candidate, fence, request.driver);
  if (request.cluster !== undefined) return asked(policy, request.cluster, steps, refusalOf);
  const ruled = byRules(policy, request, steps, refusalOf);
  return ruled ? { cluster: ruled, steps } : byPreset(policy, request, steps, refusalOf);
}

type RefusalOf = (candidate: Candidate) => string | null;

function refusal(candidate: Candidate, fence: string | null, driver?: Candidate["driver"]): string | null {
  if (fence !== null && candidate.region !== fence)
    return `It is in ${candidate.region}, outside of the fence.`;
  if (driver && candidate.driver !== driver) return `It is ${candidate.driver}, and ${driver} was asked for.`;
  if (candidate.state !== "active") return `It is ${candidate.state}.`;
  if (candidate.capacity !== null && candidate.databaseCount >= candidate.capacity)
    return `It is full: ${candidate.databaseCount} of ${candidate.capacity}.`;
  return null;
}

function asked(
  policy: PlacementPolicy,
  slug: string,
  steps: PlacementStep[],
  refusalOf: RefusalOf,
): PlacementDecision {
  const wanted = policy.clusters.find((candidate) => candidate.slug === slug);
  const reason = wanted ? refusalOf(wanted) : "There is no such cluster.";
  steps.push({
    kind: "request",
    label: slug,
    verdict: reason === null ? "taken" : "refused",
    reason: reason ?? "It was asked for by name.",
  });
  if (wanted && reason === null) return { cluster: wanted, steps };
  const outside = wanted !== undefined && /outside of the fence/.test(reason ?? "");
  return {
    cluster: null,
    code: outside ? "residency_violation" : "precondition",
    message: `The cluster ${slug} cannot take it. ${reason}`,
    steps,
  };
}

function byRules(
  policy: PlacementPolicy,
  request: PlacementRequest,
  steps: PlacementStep[],
  refusalOf: RefusalOf,
): Candidate | null {
  for (const rule of policy.rules) {
    const mismatch = mismatchOf(rule, request);
    if (mismatch) {
      steps.push({ kind: "rule", label: rule.name, verdict: "passed", reason: mismatch });
      continue;
    }
    const targets = policy.clusters.filter((candidate) =>
      rule.clusterId ? candidate.id === rule.clusterId : candidate.driver === rule.driver,
    );
    const home = best(targets, request.region, refusalOf);
    if (home) {
      steps.push({ kind: "rule", label: rule.name, verdict: "taken", reason: `It leads to ${home.slug}.` });
      return home;
    }
    const reason = targets.map((target) => `${target.slug}: ${refusalOf(target)}`).join(" ");
    steps.push({
      kind: "rule",
      label: rule.name,
      verdict: "refused",
      reason: reason || `There is no ${rule.driver} cluster.`,
    });
  }
  return null;
}

function mismatchOf(rule: Rule, request: PlacementRequest): string | null {
  if (rule.tier && rule.tier !== request.tier) return `It is for the tier ${rule.tier}.`;
  if (rule.envType && rule.envType !== request.envType) return `It is for ${rule.envType} environments.`;
  if (rule.region && rule.region !== request.region) return `It is for ${rule.region}.`;
  if (rule.fenced !== null && rule.fenced !== (request.residency !== null))
    return rule.fenced ? "It is for organizations with a fence." : "It is for organizations without a fence.";
  return null;
}

function byPreset(
  policy: PlacementPolicy,
  request: PlacementRequest,
  steps: PlacementStep[],
  refusalOf: RefusalOf,
): PlacementDecision {
  const home = best(policy.clusters, request.region, refusalOf);
  for (const candidate of policy.clusters) {
    if (candidate === home) continue;
    const reason = refusalOf(candidate);
    if (reason) steps.push({ kind: "cluster", label: candidate.slug, verdict: "refused", reason });
    else
      steps.push({
        kind: "cluster",
        label: candidate.slug,
        verdict: "passed",
        reason: "Another one fits better.",
      });
  }
  if (home) {
    const where =
      home.region === request.region
        ? `in ${home.region}`
        : `in ${home.region}, as none in ${request.region} can take it`;
    steps.push({
      kind: "preset",
      label: policy.preset,
      verdict: "taken",
      reason: `It leads to ${home.slug} ${where}.`,
    });
    return { cluster: home, steps };
  }
  const fenced = steps[0]?.kind === "fence";
  const message = fenced
    ? `No cluster in ${request.region} can take a new database, and its data must stay there.`
    : "No cluster can take a new database.";
  steps.push({ kind: "preset", label: policy.preset, verdict: "refused", reason: message });
  return { cluster: null, code: fenced ? "residency_violation" : "precondition", message, steps };
}

/** Of those that can take it: the region that was asked for, then files before servers, then the emptiest. */
function best(candidates: readonly Candidate[], region: string, refusalOf: RefusalOf): Candidate | null {
  const rank = (candidate: Candidate) => [
    candidate.region === region ? 0 : 1,
    preference[candidate.driver],
    candidate.databaseCount / (candidate.capacity ?? Number.POSITIVE_INFINITY),
    candidate.databaseCount,
  ];
  const [first = null] = candidates
    .filter((candidate) => refusalOf(candidate) === null)
    .toSorted((a, b) => compare(rank(a), rank(b)));
  return first;
}

function compare(a: number[], b: number[]): number {
  for (const [index, left] of a.entries()) {
    const difference = left - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
