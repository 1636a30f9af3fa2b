import type { ClientBase } from "pg";

/** The roles that what a package makes is for. */
export interface SafeRoles {
  owner: string;
  reader: string;
  writer: string;
}

/** What all packages of a pool have declared. */
export interface Declared {
  roles: SafeRoles;
  /** Tables that everybody reads and no tenant owns, as `schema.table`. */
  reference: ReadonlySet<string>;
}

/** A table or a view of a package, as the catalogs have it. */
export interface Relation {
  oid: number;
  schema: string;
  name: string;
  /** Its name as SQL writes it, with the schema. */
  path: string;
  kind: "table" | "partitioned" | "view" | "materialized view" | "foreign table";
  isPartition: boolean;
  isUnlogged: boolean;
  inherits: boolean;
  hasPrimaryKey: boolean;
  hasTenant: boolean;
  hasFence: boolean;
  hasCreatedAt: boolean;
  isSecured: boolean;
  policies: string[];
  rules: string[];
  /** Columns that a statement may set: no generated ones, and not the tenant's. */
  columns: string[];
  isReference: boolean;
}

/** Schemas that packages live in: all but Freehold's and those of Postgres. */
export const packageSchema = `n.nspname NOT IN ('app', 'freehold', 'information_schema') AND n.nspname !~ '^pg_'`;

const query = `
  SELECT c.oid, n.nspname AS schema, c.relname AS name, format('%I.%I', n.nspname, c.relname) AS path,
    CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END AS kind,
    c.relispartition AS "isPartition", c.relpersistence = 'u' AS "isUnlogged",
    EXISTS (SELECT FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
      WHERE i.inhrelid = c.oid AND p.relkind = 'r') AS inherits,
    EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS "hasPrimaryKey",
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
      AND NOT a.attisdropped) AS "hasTenant",
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'created_at'
      AND NOT a.attisdropped) AS "hasCreatedAt",
    c.relrowsecurity AND c.relforcerowsecurity AS "isSecured",
    ARRAY(SELECT p.polname FROM pg_policy p WHERE p.polrelid = c.oid)::text[] AS policies,
    ARRAY(SELECT r.rulename FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN')::text[] AS rules,
    ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
      AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname <> 'tenant_id' ORDER BY a.attnum)::text[] AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${packageSchema} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY c.oid`;

/** All tables and views of packages, oldest first. */
export async function readRelations(client: ClientBase, { reference }: Declared): Promise<Relation[]> {
  const { rows } = await client.query<Omit<Relation, "hasFence" | "isReference">>(query);
  const partitionOf = await readParents(client);
  const names = new Map(rows.map((row) => [row.oid, `${row.schema}.${row.name}`]));
  const rootOf = (oid: number): number => {
    const parent = partitionOf.get(oid);
    return parent === undefined ? oid : rootOf(parent);
  };
  return rows.map((row) => ({
    ...row,
    hasFence: row.policies.includes("tenant_fence"),
    isReference: reference.has(names.get(rootOf(row.oid)) ?? ""),
  }));
}

async function readParents(client: ClientBase): Promise<Map<number, number>> {
  const { rows } = await client.query<{ child: number; parent: number }>(
    `SELECT i.inhrelid AS child, i.inhparent AS parent FROM pg_inherits i
     JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relispartition`,
  );
  return new Map(rows.map(({ child, parent }) => [child, parent]));
}

export const isTable = ({ kind }: Relation): boolean => kind === "table" || kind === "partitioned";

/** Tables whose rows belong to tenants. */
export const tenantTables = (relations: readonly Relation[]): Relation[] =>
  relations.filter((relation) => isTable(relation) && !relation.isReference);
