import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterStates, driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes, regions } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import { poolStates } from "@/server/domain/pools/names";
import { decidePlacement } from "./decide";
import { isolations } from "./names";

const region = fc.constantFrom(...regions.slice(0, 3));
const driver = fc.constantFrom(...driverKinds);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const isolation = fc.constantFrom(...isolations);
const slug = fc.constantFrom("a", "b", "c", "d", "e");
const clusters = fc.uniqueArray(
  fc.record({
    slug,
    driver,
    region,
    state: fc.constantFrom(...clusterStates),
    capacity: maybe(fc.nat(3)),
    databaseCount: fc.nat(4),
  }),
  { selector: (one) => one.slug, maxLength: 5 },
);
const rules = fc.array(
  fc.record({
    tier: maybe(fc.constantFrom(...tiers)),
    envType: maybe(fc.constantFrom(...environmentTypes)),
    region: maybe(region),
    fenced: maybe(fc.boolean()),
    isolation,
    target: fc.oneof(
      slug.map((clusterId) => ({ clusterId, driver: null })),
      driver.map((kind) => ({ clusterId: null, driver: kind })),
    ),
  }),
  { maxLength: 6 },
);
const pools = fc.uniqueArray(
  fc.record({
    slug: fc.constantFrom("p", "q", "r"),
    clusterId: slug,
    state: fc.constantFrom(...poolStates),
    capacity: maybe(fc.nat(3)),
    tenantCount: fc.nat(4),
  }),
  { selector: (one) => one.slug, maxLength: 3 },
);
const policies = fc.record({
  preset: fc.constantFrom("DatabasePerTenant" as const, "ResidencySilo" as const, "SharedDb" as const),
  pools: pools.map((all) => all.map((one) => ({ id: one.slug, ...one }))),
  clusters: clusters.map((all) => all.map((one) => ({ id: one.slug, ...one }))),
  rules: rules.map((all) =>
    all.map(({ target, ...match }, n) => ({ id: `rule-${n}`, name: `Rule ${n}`, ...match, ...target })),
  ),
});
const requests = fc.record({
  tier: fc.constantFrom(...tiers),
  envType: fc.constantFrom(...environmentTypes),
  region,
  residency: maybe(region),
  driver: perhaps(driver),
  cluster: perhaps(slug),
  isolation: perhaps(isolation),
  pool: perhaps(fc.constantFrom("p", "q", "r")),
});

test("whatever the policy and the request, what is fenced never lands outside of its fence", () => {
  fc.assert(
    fc.property(policies, requests, (policy, request) => {
      const fence = request.residency ?? (policy.preset === "ResidencySilo" ? request.region : null);
      const { cluster } = decidePlacement(policy, request);
      if (fence !== null && cluster) expect(cluster.region).toBe(fence);
    }),
    { numRuns: 5000 },
  );
});

test("whatever is taken can take it, and is what was asked for", () => {
  fc.assert(
    fc.property(policies, requests, (policy, request) => {
      const { cluster, pool } = decidePlacement(policy, request);
      if (!cluster) return;
      expect((pool ?? cluster).state).toBe("active");
      expect(cluster.state).toBe("active");
      const [taken, capacity] = pool
        ? [pool.tenantCount, pool.capacity]
        : [cluster.databaseCount, cluster.capacity];
      expect(taken).toBeLessThan(capacity ?? Number.POSITIVE_INFINITY);
      if (pool) expect(pool.clusterId).toBe(cluster.id);
      if (request.isolation) expect(pool ? "shared" : "dedicated").toBe(request.isolation);
      if (request.pool) expect(pool?.slug).toBe(request.pool);
      if (request.driver) expect(cluster.driver).toBe(request.driver);
      if (request.cluster) expect(cluster.slug).toBe(request.cluster);
    }),
    { numRuns: 2000 },
  );
});

test("the last step says how it ended, and nothing is refused while a cluster could take it", () => {
  fc.assert(
    fc.property(policies, requests, (policy, request) => {
      const decision = decidePlacement(policy, request);
      expect(decision.steps.at(-1)?.verdict).toBe(decision.cluster ? "taken" : "refused");
      if (decision.cluster || request.cluster || request.pool) return;
      const fence = request.residency ?? (policy.preset === "ResidencySilo" ? request.region : null);
      if (fence !== null && fence !== request.region) return;
      const kind = request.isolation ?? (policy.preset === "SharedDb" ? "shared" : "dedicated");
      const able = policy.clusters.filter(
        (one) =>
          one.state === "active" &&
          (fence === null || one.region === fence) &&
          (!request.driver || one.driver === request.driver) &&
          (kind === "shared"
            ? policy.pools.some((pool) => pool.clusterId === one.id && hasRoom(pool, pool.tenantCount))
            : hasRoom(one, one.databaseCount)),
      );
      expect(able).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

function hasRoom({ state, capacity }: { state: string; capacity: number | null }, taken: number): boolean {
  return state === "active" && taken < (capacity ?? Number.POSITIVE_INFINITY);
}
