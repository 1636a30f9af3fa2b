import { expect, test } from "vitest";
import { driverKinds } from "@/server/domain/clusters/names";
import { decidePlacement, type PlacementRequest, type Rule } from "@/server/domain/placement/decide";
import { labelOf, type Candidate, type PoolCandidate } from "@/server/domain/placement/homes";
import type { PlacementPreset } from "@/server/domain/placement/names";

type Facts = Partial<Pick<Candidate, "state" | "capacity" | "databaseCount">>;

export const at = (place: string, facts: Facts = {}): Candidate => {
  const [slug = "", kind, region = ""] = place.split(" ");
  const driver = driverKinds.find((one) => one === kind) ?? "sqlite";
  return { id: slug, slug, driver, region, state: "active", capacity: null, databaseCount: 0, ...facts };
};

export const rule = (name: string, to: string, match: Partial<Rule> = {}): Rule => {
  const driver = driverKinds.find((one) => one === to) ?? null;
  const all = { tier: null, envType: null, region: null, fenced: null, isolation: "dedicated" } as const;
  return { id: name, name, ...all, driver, clusterId: driver ? null : to, ...match };
};

export const pool = (place: string, facts: Partial<PoolCandidate> = {}): PoolCandidate => {
  const [slug = "", clusterId = ""] = place.split(" on ");
  return { id: slug, slug, clusterId, state: "active", capacity: null, tenantCount: 0, ...facts };
};

const ordinary: PlacementRequest = {
  tier: "standard",
  envType: "production",
  region: "us-east",
  residency: null,
};

export interface Golden {
  title: string;
  preset?: PlacementPreset;
  clusters: Candidate[];
  pools?: PoolCandidate[];
  rules?: Rule[];
  asks?: Partial<PlacementRequest>;
  /** A cluster, or the code of the refusal. */
  lands: string;
  /** Each step: verdict, kind, label and why. */
  says: string[];
}

/** Each case is a test of its own: where it lands, and what every step says. */
export function testPlacements(golden: readonly Golden[]): void {
  test.for(golden)("$title", ({ preset = "DatabasePerTenant", asks, lands, says, ...policy }) => {
    const decision = decidePlacement({ preset, rules: [], pools: [], ...policy }, { ...ordinary, ...asks });
    const steps = decision.steps.map(
      ({ verdict, kind, label, reason }) => `${verdict} ${kind} ${label}: ${reason}`,
    );
    const landed = decision.cluster ? labelOf(decision) : decision.code;
    expect({ lands: landed, says: steps }).toEqual({ lands, says });
  });
}
