import type { ClientBase } from "pg";
import { DomainError } from "@/server/kernel/errors";
import { isTable, packageSchema, type Relation } from "./relations";

/** What a package cannot have in a pool, and why. */
const refusals: { why: string; applies(relation: Relation): boolean }[] = [
  {
    why: "a materialized view cannot tell tenants apart",
    applies: ({ kind }) => kind === "materialized view",
  },
  { why: "the rows of a foreign table are kept elsewhere", applies: ({ kind }) => kind === "foreign table" },
  { why: "an unlogged table is empty after a crash", applies: ({ isUnlogged }) => isUnlogged },
  {
    why: "a table that inherits from another can be read around its policy",
    applies: ({ inherits }) => inherits,
  },
  {
    why: "a rule rewrites statements before the policy sees them",
    applies: ({ rules }) => rules.length > 0,
  },
  {
    why: "a table needs a primary key",
    applies: (one) => isTable(one) && !one.isPartition && !one.isReference && !one.hasPrimaryKey,
  },
  {
    why: "policies are for Freehold to write",
    applies: ({ policies }) => policies.some((name) => name !== "tenant_base" && name !== "tenant_fence"),
  },
  {
    why: "the column tenant_id is for Freehold to add",
    applies: (one) =>
      isTable(one) && one.hasTenant && !one.hasFence && !one.isPartition && !one.policies.length,
  },
  { why: "its column tenant_id is gone", applies: ({ hasFence, hasTenant }) => hasFence && !hasTenant },
  {
    why: "a table of tenants cannot become a reference table",
    applies: ({ isReference, hasTenant }) => isReference && hasTenant,
  },
];

/** Refusals that the catalogs answer themselves. Each gives names. */
const questions: { why: string; sql: string }[] = [
  {
    why: "a function with SECURITY DEFINER acts as somebody else",
    sql: `SELECT format('%I.%I', n.nspname, p.proname) AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${packageSchema} AND p.prosecdef`,
  },
  {
    why: "a large object belongs to no tenant",
    sql: "SELECT oid::text AS name FROM pg_largeobject_metadata",
  },
  {
    why: "a reference table cannot point at rows of tenants",
    sql: `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' AND k.conrelid = ANY($1::oid[]) AND NOT k.confrelid = ANY($1::oid[])`,
  },
  {
    why: "MATCH FULL over several columns does not go together with a tenant",
    sql: `SELECT format('%I of %s', k.conname, k.conrelid::regclass) AS name FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND k.contype = 'f' AND k.confmatchtype = 'f' AND cardinality(k.conkey) > 1
        AND NOT k.confrelid = ANY($1::oid[])`,
  },
  {
    why: "ON UPDATE SET NULL and ON UPDATE SET DEFAULT would change the tenant as well",
    sql: `SELECT format('%I of %s', k.conname, k.conrelid::regclass) AS name FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND k.contype = 'f' AND k.confupdtype IN ('n', 'd')
        AND NOT k.confrelid = ANY($1::oid[])`,
  },
  {
    why: "an exclusion constraint must use gist or btree",
    sql: `SELECT format('%I of %s', k.conname, k.conrelid::regclass) AS name FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class i ON i.oid = k.conindid JOIN pg_am a ON a.oid = i.relam
      WHERE ${packageSchema} AND k.contype = 'x' AND a.amname NOT IN ('gist', 'btree')
        AND NOT k.conrelid = ANY($1::oid[])`,
  },
];

/** Throws `invalid` with every table that cannot be made safe, and the reason. */
export async function refuseUnsafe(client: ClientBase, relations: readonly Relation[]): Promise<void> {
  const found = relations.flatMap((relation) =>
    refusals.filter(({ applies }) => applies(relation)).map(({ why }) => `${relation.path}: ${why}`),
  );
  const reference = relations.filter(({ isReference }) => isReference).map(({ oid }) => oid);
  for (const { why, sql } of questions) {
    const { rows } = await client.query<{ name: string }>(sql, sql.includes("$1") ? [reference] : []);
    found.push(...rows.map(({ name }) => `${name}: ${why}`));
  }
  if (found.length > 0) throw refusal(found);
}

export const refusal = (found: readonly string[], cause?: unknown) =>
  new DomainError("invalid", `This cannot be made tenant-safe. ${found.join("; ")}.`, { cause });
