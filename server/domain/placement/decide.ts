import type { placementRule } from "@/drizzle/control/schema/clusters";
import type { PlacementStep } from "@/drizzle/control/schema/environments";
import type { EnvironmentType } from "@/server/domain/environments/names";
import type { Tier } from "@/server/domain/organizations/names";
import { best, homesOf, labelOf, refusalOf, type Candidate, type Home, type PoolCandidate } from "./homes";
import type { Isolation, PlacementPreset } from "./names";

export type Rule = Pick<
  typeof placementRule.$inferSelect,
  "id" | "name" | "tier" | "envType" | "region" | "fenced" | "clusterId" | "driver" | "isolation"
>;

/** What placing depends on, as it stands now. Rules in their order, without those that are switched off. */
export interface PlacementPolicy {
  preset: PlacementPreset;
  rules: readonly Rule[];
  clusters: readonly Candidate[];
  pools: readonly PoolCandidate[];
}

export interface PlacementRequest {
  tier: Tier;
  envType: EnvironmentType;
  region: string;
  /** The only region where the organization's data may be; null: anywhere. */
  residency: string | null;
  isolation?: Isolation | undefined;
  driver?: Candidate["driver"] | undefined;
  /** The slug of a cluster that was asked for. */
  cluster?: string | undefined;
  /** The slug of a pool that was asked for. */
  pool?: string | undefined;
}

export type PlacementDecision =
  | (Home & { steps: PlacementStep[] })
  | {
      cluster: null;
      pool: null;
      code: "residency_violation" | "precondition";
      message: string;
      steps: PlacementStep[];
    };

interface Search {
  policy: PlacementPolicy;
  request: PlacementRequest;
  steps: PlacementStep[];
  refusal(home: Home): string | null;
}

/**
 * Finds the home of a new database: the fence first, then what was asked for, the rules in
 * order, the preset. Says of everything that it looked at why it was taken, passed or refused.
 */
export function decidePlacement(policy: PlacementPolicy, request: PlacementRequest): PlacementDecision {
  const steps: PlacementStep[] = [];
  if (policy.preset === "DedicatedSingleTenant" && tenantCountOf(policy) > 0) {
    const reason = "This installation serves one tenant, and that one is there.";
    steps.push({ kind: "preset", label: policy.preset, verdict: "refused", reason });
    return nowhere("precondition", reason, steps);
  }
  const fence = request.residency ?? (policy.preset === "ResidencySilo" ? request.region : null);
  if (fence !== null) {
    if (request.region !== fence) {
      const reason = `Its data must stay in ${fence}, and ${request.region} was asked for.`;
      steps.push({ kind: "fence", label: fence, verdict: "refused", reason });
      return nowhere("residency_violation", reason, steps);
    }
    steps.push({
      kind: "fence",
      label: fence,
      verdict: "taken",
      reason: `Only clusters in ${fence} come into question.`,
    });
  }
  const search = { policy, request, steps, refusal: (home: Home) => refusalOf(home, fence, request.driver) };
  if (request.pool !== undefined || request.cluster !== undefined) return asked(search);
  const ruled = byRules(search);
  return ruled ? { ...ruled, steps } : byPreset(search);
}

/** Everyone who is placed, those included who can be recovered. A pool is itself one database of its cluster. */
export function tenantCountOf({ clusters, pools }: Pick<PlacementPolicy, "clusters" | "pools">): number {
  const databases = clusters.reduce((sum, { databaseCount }) => sum + databaseCount, 0);
  return pools.reduce((sum, { tenantCount }) => sum + tenantCount - 1, databases);
}

const nowhere = (
  code: "residency_violation" | "precondition",
  message: string,
  steps: PlacementStep[],
): PlacementDecision => ({ cluster: null, pool: null, code, message, steps });

/** What was asked for by name: a pool, a cluster, or a pool on a cluster. */
function asked({ policy, request, steps, refusal }: Search): PlacementDecision {
  const isolation = request.isolation ?? (request.pool === undefined ? "dedicated" : "shared");
  const what = request.pool === undefined ? "cluster" : "pool";
  const label = request.pool ?? request.cluster ?? "";
  const wanted = homesOf(policy, isolation).filter(
    ({ cluster, pool }) =>
      (request.cluster === undefined || cluster.slug === request.cluster) &&
      (request.pool === undefined || pool?.slug === request.pool),
  );
  const home = best(wanted, request.region, refusal);
  const [first] = wanted;
  const reason = home ? null : first ? refusal(first) : missing(policy, request, isolation);
  steps.push({
    kind: "request",
    label,
    verdict: home ? "taken" : "refused",
    reason: reason ?? "It was asked for by name.",
  });
  if (home) return { ...home, steps };
  const code = /outside of the fence/.test(reason ?? "") ? "residency_violation" : "precondition";
  return nowhere(code, `The ${what} ${label} cannot take it. ${reason}`, steps);
}

function missing({ clusters }: PlacementPolicy, request: PlacementRequest, isolation: Isolation): string {
  if (request.pool !== undefined)
    return isolation === "dedicated"
      ? "A database of its own was asked for, and a pool has none to give."
      : "There is no such pool.";
  const isThere = clusters.some(({ slug }) => slug === request.cluster);
  return isThere && isolation === "shared" ? "There is no pool on it." : "There is no such cluster.";
}

function byRules({ policy, request, steps, refusal }: Search): Home | null {
  for (const rule of policy.rules) {
    const mismatch = mismatchOf(rule, request);
    if (mismatch) {
      steps.push({ kind: "rule", label: rule.name, verdict: "passed", reason: mismatch });
      continue;
    }
    const targets = homesOf(policy, rule.isolation).filter(({ cluster }) =>
      rule.clusterId ? cluster.id === rule.clusterId : cluster.driver === rule.driver,
    );
    const home = best(targets, request.region, refusal);
    if (home) {
      const reason = `It leads to ${labelOf(home)}.`;
      steps.push({ kind: "rule", label: rule.name, verdict: "taken", reason });
      return home;
    }
    const reason = targets.map((target) => `${labelOf(target)}: ${refusal(target)}`).join(" ");
    const none =
      rule.isolation === "shared" ? "There is no pool there." : `There is no ${rule.driver} cluster.`;
    steps.push({ kind: "rule", label: rule.name, verdict: "refused", reason: reason || none });
  }
  return null;
}

function mismatchOf(rule: Rule, request: PlacementRequest): string | null {
  if (request.isolation && rule.isolation !== request.isolation)
    return rule.isolation === "shared"
      ? "It leads into a pool, and a database of its own was asked for."
      : "It leads to a database of its own, and a pool was asked for.";
  if (rule.tier && rule.tier !== request.tier) return `It is for the tier ${rule.tier}.`;
  if (rule.envType && rule.envType !== request.envType) return `It is for ${rule.envType} environments.`;
  if (rule.region && rule.region !== request.region) return `It is for ${rule.region}.`;
  if (rule.fenced !== null && rule.fenced !== (request.residency !== null))
    return rule.fenced ? "It is for organizations with a fence." : "It is for organizations without a fence.";
  return null;
}

function byPreset({ policy, request, steps, refusal }: Search): PlacementDecision {
  const isolation = request.isolation ?? (policy.preset === "SharedDb" ? "shared" : "dedicated");
  const candidates = homesOf(policy, isolation);
  const home = best(candidates, request.region, refusal);
  for (const candidate of candidates) {
    if (candidate === home) continue;
    const reason = refusal(candidate);
    const kind = candidate.pool ? "pool" : "cluster";
    const verdict = reason ? "refused" : "passed";
    const label = candidate.pool?.slug ?? candidate.cluster.slug;
    steps.push({ kind, label, verdict, reason: reason ?? "Another one fits better." });
  }
  if (home) {
    const { region } = home.cluster;
    const where =
      region === request.region ? `in ${region}` : `in ${region}, as none in ${request.region} can take it`;
    const reason = `It leads to ${labelOf(home)} ${where}.`;
    steps.push({ kind: "preset", label: policy.preset, verdict: "taken", reason });
    return { ...home, steps };
  }
  const isFenced = steps[0]?.kind === "fence";
  const what = isolation === "shared" ? "pool" : "cluster";
  const taken = isolation === "shared" ? "a new tenant" : "a new database";
  const message = isFenced
    ? `No ${what} in ${request.region} can take ${taken}, and its data must stay there.`
    : `No ${what} can take ${taken}.`;
  steps.push({ kind: "preset", label: policy.preset, verdict: "refused", reason: message });
  return nowhere(isFenced ? "residency_violation" : "precondition", message, steps);
}
