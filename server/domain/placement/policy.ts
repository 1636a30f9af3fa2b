import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/server/db/client";
import { clusterStates, driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes } from "@/server/domain/environments/names";
import { poolStates } from "@/server/domain/pools/names";
import { tiers } from "@/server/domain/organizations/names";
import type { PlacementPolicy } from "./decide";
import { isolations, placementPresets } from "./names";

const driver = z.enum(driverKinds);

const Rules = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    tier: z.enum(tiers).nullable(),
    envType: z.enum(environmentTypes).nullable(),
    region: z.string().nullable(),
    fenced: z
      .number()
      .nullable()
      .transform((flag) => (flag === null ? null : flag === 1)),
    clusterId: z.string().nullable(),
    driver: driver.nullable(),
    isolation: z.enum(isolations),
  }),
);

const Clusters = z.array(
  z.object({
    id: z.string(),
    slug: z.string(),
    driver,
    region: z.string(),
    state: z.enum(clusterStates),
    capacity: z.number().nullable(),
    databaseCount: z.number(),
  }),
);

const Pools = z.array(
  z.object({
    id: z.string(),
    slug: z.string(),
    clusterId: z.string(),
    state: z.enum(poolStates),
    capacity: z.number().nullable(),
    tenantCount: z.number(),
  }),
);

const Preset = z.enum(placementPresets).catch("DatabasePerTenant");

/**
 * Everything in one statement: it is asked in the transaction of every creation. No `*` in it,
 * so that a connection keeps it prepared.
 */
const statement = sql.raw(`select
  (select value from sys_setting where key = 'placement_preset') as preset,
  (select json_group_array(json_object('id', id, 'name', name, 'tier', tier, 'envType', env_type, 'region', region,
     'fenced', fenced, 'clusterId', cluster_id, 'driver', driver, 'isolation', isolation) order by position, id)
   from sys_placement_rule where is_enabled = 1) as rules,
  (select json_group_array(json_object('id', id, 'slug', slug, 'driver', driver, 'region', region, 'state', state,
     'capacity', capacity, 'databaseCount', database_count) order by slug)
   from sys_cluster) as clusters,
  (select json_group_array(json_object('id', id, 'slug', slug, 'clusterId', cluster_id, 'state', state,
     'capacity', capacity, 'tenantCount', tenant_count) order by slug)
   from sys_pool) as pools`);

interface PolicyRow {
  preset: string | null;
  rules: string;
  clusters: string;
  pools: string;
}

/** The query for the policy, to go with others in one round trip; `policyOf` reads its answer. */
export const policyQuery = (db: Db) => db.all<PolicyRow>(statement);

export function policyOf([row]: PolicyRow[]): PlacementPolicy {
  if (!row) throw new Error("The policy has no row.");
  return {
    preset: Preset.parse(jsonOf(row.preset ?? "null")),
    rules: Rules.parse(jsonOf(row.rules)),
    clusters: Clusters.parse(jsonOf(row.clusters)),
    pools: Pools.parse(jsonOf(row.pools)),
  };
}

/** The policy as it stands, in one round trip. */
export async function readPolicy(tx: Db | Tx): Promise<PlacementPolicy> {
  return policyOf(await tx.all<PolicyRow>(statement));
}

const jsonOf = (text: string): unknown => JSON.parse(text);
