import type { cluster } from "@/drizzle/control/schema/clusters";
import type { pool } from "@/drizzle/control/schema/pools";
import type { Isolation } from "./names";

export type Candidate = Pick<
  typeof cluster.$inferSelect,
  "id" | "slug" | "driver" | "region" | "state" | "capacity" | "databaseCount"
>;
export type PoolCandidate = Pick<
  typeof pool.$inferSelect,
  "id" | "slug" | "clusterId" | "state" | "capacity" | "tenantCount"
>;

/** Where an environment can live: a cluster that makes it a database, or a pool on one. */
export interface Home {
  cluster: Candidate;
  pool: PoolCandidate | null;
}

/** Every home of this kind, whether it can take something or not. */
export function homesOf(
  { clusters, pools }: { clusters: readonly Candidate[]; pools: readonly PoolCandidate[] },
  isolation: Isolation,
): Home[] {
  if (isolation === "dedicated") return clusters.map((cluster) => ({ cluster, pool: null }));
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  return pools.flatMap((pool) => {
    const cluster = byId.get(pool.clusterId);
    return cluster ? [{ cluster, pool }] : [];
  });
}

export const labelOf = ({ cluster, pool }: Home): string =>
  pool ? `the pool ${pool.slug} on ${cluster.slug}` : cluster.slug;

/** Why nothing new goes there, in a sentence; null when it does. */
export function refusalOf(
  { cluster, pool }: Home,
  fence: string | null,
  driver?: Candidate["driver"],
): string | null {
  if (fence !== null && cluster.region !== fence) return `It is in ${cluster.region}, outside of the fence.`;
  if (driver && cluster.driver !== driver) return `It is ${cluster.driver}, and ${driver} was asked for.`;
  if (cluster.state !== "active")
    return pool ? `Its cluster is ${cluster.state}.` : `It is ${cluster.state}.`;
  if (pool && pool.state !== "active") return `It is ${pool.state}.`;
  const { taken, capacity } = load({ cluster, pool });
  return capacity !== null && taken >= capacity ? `It is full: ${taken} of ${capacity}.` : null;
}

const load = ({ cluster, pool }: Home) =>
  pool
    ? { taken: pool.tenantCount, capacity: pool.capacity }
    : { taken: cluster.databaseCount, capacity: cluster.capacity };

const preference: Record<Candidate["driver"], number> = { sqlite: 0, postgres: 1, turso: 2 };

/** Of those that can take it: the region that was asked for, then files before servers, then the emptiest. */
export function best(
  homes: readonly Home[],
  region: string,
  refusal: (home: Home) => string | null,
): Home | null {
  const rank = (home: Home) => {
    const { taken, capacity } = load(home);
    const isElsewhere = home.cluster.region === region ? 0 : 1;
    return [
      isElsewhere,
      preference[home.cluster.driver],
      taken / (capacity ?? Number.POSITIVE_INFINITY),
      taken,
    ];
  };
  const [first = null] = homes
    .filter((home) => refusal(home) === null)
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
