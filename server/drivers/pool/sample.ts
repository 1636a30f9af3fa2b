import type { DatabaseIdentity } from "@/server/drivers/driver";
import { missing } from "@/server/drivers/postgres/postgres-errors";
import type { OpenPool } from "./open";
import { tenantTables } from "./drop-tenant";
import { requireTenant } from "./tenants";

/** What a tenant may take; null: as much as there is. */
export interface TenantLimits {
  storageBytes: number | null;
  rows: number | null;
}

export interface TenantSample {
  tenant: string;
  rows: number;
  storageBytes: number;
  overLimit: boolean;
}

/** What the registry grants a tenant of the pool. */
export interface GrantedLimits extends TenantLimits {
  tenant: string;
}

/** Counted by index up to here; beyond, the planner's statistics tell. */
const mostCounted = 100_000;

const sampled = `tenant_id AS tenant, row_count::float8 AS rows, storage_bytes::float8 AS "storageBytes",
  over_limit AS "overLimit"`;

/** Limits count from now on, against what the last sampling found; gives what that was. */
export async function setLimits(
  pool: OpenPool,
  identity: DatabaseIdentity,
  { storageBytes, rows }: TenantLimits,
): Promise<TenantSample> {
  return pool.inside.asAdmin(async (client) => {
    await requireTenant(client, identity);
    const { rows: samples } = await client.query<TenantSample>(
      `UPDATE app.tenant SET storage_bytes_limit = $2::bigint, row_limit = $3::bigint,
         over_limit = coalesce(storage_bytes > $2::bigint, false) OR coalesce(row_count > $3::bigint, false)
       WHERE tenant_id = $1 RETURNING ${sampled}`,
      [identity.tenant, storageBytes, rows],
    );
    const [sample] = samples;
    if (!sample) throw missing();
    return sample;
  });
}

/**
 * Measures what every tenant takes, and closes those that are over their limits for writing. Limits
 * are asked for when everything is counted and count from then on; a tenant that is not among them
 * keeps its own. Rows are counted in the index that the tenant leads, up to a bound; bytes are a
 * tenant's share of its tables, indexes included. One statement for each table, however many
 * tenants there are.
 */
export async function sampleTenants(
  pool: OpenPool,
  grants: () => Promise<readonly GrantedLimits[]> = () => Promise.resolve([]),
): Promise<TenantSample[]> {
  const totals = new Map<string, { rows: number; bytes: number }>();
  for (const path of await tenantTables(pool)) {
    const found = await sampleTable(pool, path);
    const sum = found.reduce((all, { rows }) => all + rows, 0);
    for (const { tenant, rows, bytes } of found) {
      const total = totals.get(tenant) ?? { rows: 0, bytes: 0 };
      total.rows += rows;
      total.bytes += sum === 0 ? 0 : Math.round((bytes * rows) / sum);
      totals.set(tenant, total);
    }
  }
  return record(pool, totals, await grants());
}

async function sampleTable({ inside }: OpenPool, path: string) {
  return inside.asAdmin(async (client) => {
    const { rows } = await client.query<{ tenant: string; rows: number; bytes: number }>(
      `WITH statistics AS (
         SELECT v.tenant, v.share * c.reltuples AS rows
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = 'tenant_id',
           unnest(s.most_common_vals::text::uuid[], s.most_common_freqs) AS v(tenant, share)
         WHERE c.oid = $1::regclass)
       SELECT t.tenant_id AS tenant, pg_total_relation_size($1::regclass)::float8 AS bytes,
         CASE WHEN counted.rows < ${mostCounted} THEN counted.rows
           ELSE greatest(counted.rows, s.rows) END::float8 AS rows
       FROM app.tenant t
         CROSS JOIN LATERAL (SELECT count(*) AS rows
           FROM (SELECT FROM ${path} x WHERE x.tenant_id = t.tenant_id LIMIT ${mostCounted}) AS part) AS counted
         LEFT JOIN statistics s ON s.tenant = t.tenant_id
       WHERE counted.rows > 0`,
      [path],
    );
    return rows;
  });
}

async function record(
  { inside }: OpenPool,
  totals: Map<string, { rows: number; bytes: number }>,
  limits: readonly GrantedLimits[],
) {
  const tenants = [...totals.keys()];
  return inside.asAdmin(async (client) => {
    const { rows: samples } = await client.query<TenantSample>(
      `UPDATE app.tenant SET row_count = coalesce(m.rows, 0), storage_bytes = coalesce(m.bytes, 0), sampled_at = now(),
         storage_bytes_limit = o.most_bytes, row_limit = o.most_rows,
         over_limit = coalesce(m.bytes > o.most_bytes, false) OR coalesce(m.rows > o.most_rows, false)
       FROM (SELECT a.tenant_id AS id,
             CASE WHEN l.tenant IS NULL THEN a.storage_bytes_limit ELSE l.bytes END AS most_bytes,
             CASE WHEN l.tenant IS NULL THEN a.row_limit ELSE l.rows END AS most_rows
           FROM app.tenant a
             LEFT JOIN unnest($4::uuid[], $5::bigint[], $6::bigint[]) AS l(tenant, bytes, rows)
               ON l.tenant = a.tenant_id) o
         LEFT JOIN unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS m(tenant, rows, bytes) ON m.tenant = o.id
       WHERE o.id = tenant_id
       RETURNING ${sampled}`,
      [
        tenants,
        tenants.map((tenant) => totals.get(tenant)?.rows ?? 0),
        tenants.map((tenant) => totals.get(tenant)?.bytes ?? 0),
        limits.map(({ tenant }) => tenant),
        limits.map(({ storageBytes }) => storageBytes),
        limits.map(({ rows }) => rows),
      ],
    );
    return samples;
  });
}
