import type { DatabaseIdentity } from "@/server/drivers/driver";
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
export interface StorageLimit {
  tenant: string;
  storageBytes: number;
}

/** Counted by index up to here; beyond, the planner's statistics tell. */
const mostCounted = 100_000;

export async function setLimits(
  pool: OpenPool,
  identity: DatabaseIdentity,
  { storageBytes, rows }: TenantLimits,
): Promise<void> {
  await pool.inside.asAdmin(async (client) => {
    await requireTenant(client, identity);
    await client.query(
      `UPDATE app.tenant SET storage_bytes_limit = $2::bigint, row_limit = $3::bigint,
         over_limit = coalesce(storage_bytes > $2::bigint, false) OR coalesce(row_count > $3::bigint, false)
       WHERE tenant_id = $1`,
      [identity.tenant, storageBytes, rows],
    );
  });
}

/**
 * Measures what every tenant takes, and closes those that are over their limits for writing; for
 * whom a storage limit is given, it counts from now on. Rows are counted in the index that the
 * tenant leads, up to a bound; bytes are a tenant's share of its tables, indexes included. One
 * statement for each table, however many tenants there are.
 */
export async function sampleTenants(
  pool: OpenPool,
  limits: readonly StorageLimit[] = [],
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
  return record(pool, totals, limits);
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
  limits: readonly StorageLimit[],
) {
  const tenants = [...totals.keys()];
  const rows = tenants.map((tenant) => totals.get(tenant)?.rows ?? 0);
  const bytes = tenants.map((tenant) => totals.get(tenant)?.bytes ?? 0);
  return inside.asAdmin(async (client) => {
    const { rows: samples } = await client.query<TenantSample>(
      `UPDATE app.tenant t SET row_count = coalesce(m.rows, 0), storage_bytes = coalesce(m.bytes, 0), sampled_at = now(),
         storage_bytes_limit = o.bytes_limit,
         over_limit = coalesce(m.bytes > o.bytes_limit, false) OR coalesce(m.rows > t.row_limit, false)
       FROM (SELECT a.tenant_id, coalesce(l.bytes, a.storage_bytes_limit) AS bytes_limit
           FROM app.tenant a LEFT JOIN unnest($4::uuid[], $5::bigint[]) AS l(tenant, bytes) ON l.tenant = a.tenant_id) o
         LEFT JOIN unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS m(tenant, rows, bytes) ON m.tenant = o.tenant_id
       WHERE o.tenant_id = t.tenant_id
       RETURNING t.tenant_id AS tenant, t.row_count::float8 AS rows, t.storage_bytes::float8 AS "storageBytes", t.over_limit AS "overLimit"`,
      [
        tenants,
        rows,
        bytes,
        limits.map(({ tenant }) => tenant),
        limits.map(({ storageBytes }) => storageBytes),
      ],
    );
    return samples;
  });
}
