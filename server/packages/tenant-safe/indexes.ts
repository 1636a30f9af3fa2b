import { escapeIdentifier, escapeLiteral, type ClientBase } from "pg";
import { tenantTables, type Relation } from "./relations";

export interface Index {
  name: string;
  schema: string;
  tableOid: number;
  table: string;
  method: string;
  isUnique: boolean;
  isPartial: boolean;
  /** The key columns by name; null where it is an expression. */
  keys: (string | null)[];
  /** Everything in front of its first column, as Postgres writes it, in both forms. */
  openings: string[];
  definition: string;
  comment: string | null;
  isClustered: boolean;
  isReplicaIdentity: boolean;
  isConstraint: boolean;
}

const query = `
  SELECT i.relname AS name, n.nspname AS schema, x.indrelid AS "tableOid", x.indrelid::regclass::text AS table,
    m.amname AS method, x.indisunique AS "isUnique", x.indpred IS NOT NULL AS "isPartial",
    ARRAY(SELECT a.attname FROM generate_series(0, x.indnkeyatts - 1) AS place
      LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[place] AND a.attnum > 0
      ORDER BY place)::text[] AS keys,
    ARRAY(SELECT format('CREATE %sINDEX %I ON %s%I.%I USING %s (', CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END,
      i.relname, word, n.nspname, c.relname, m.amname) FROM unnest('{"","ONLY "}'::text[]) AS word) AS openings,
    pg_get_indexdef(x.indexrelid) AS definition, obj_description(i.oid, 'pg_class') AS comment,
    x.indisclustered AS "isClustered", x.indisreplident AS "isReplicaIdentity",
    EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')) AS "isConstraint"
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = i.relam
  WHERE x.indrelid = ANY($1::oid[]) AND NOT i.relispartition
  ORDER BY x.indexrelid`;

/** The indexes of tables of tenants; of a partitioned one's, those that it was given itself. */
export async function readIndexes(client: ClientBase, relations: readonly Relation[]): Promise<Index[]> {
  const oids = tenantTables(relations).map(({ oid }) => oid);
  const { rows } = await client.query<Index>(query, [oids]);
  return rows;
}

/** Whether the tenant can stand in front of it: the other kinds find rows, and have no order. */
export const canLead = ({ method }: Index): boolean => method === "btree";

const isLed = ({ keys }: Index): boolean => keys[0] === "tenant_id";

/** Statements that put the tenant in front of indexes, under the same names. */
export function leadIndexes(indexes: readonly Index[]): string[] {
  return indexes
    .filter((index) => !index.isConstraint && canLead(index) && !isLed(index))
    .flatMap((index) => {
      const path = `${escapeIdentifier(index.schema)}.${escapeIdentifier(index.name)}`;
      return [`DROP INDEX ${path}`, ledIndex(index), ...kept(index, path)];
    });
}

/** The statement that makes it anew, led by the tenant. */
export function ledIndex({ openings, definition }: Index): string {
  const opening = openings.find((one) => definition.startsWith(one));
  if (opening === undefined) throw new Error(`An index is written in an unknown form: ${definition}`);
  // Without ONLY, the partitions get theirs as well.
  return `${openings[0]}tenant_id, ${definition.slice(opening.length)}`;
}

function* kept({ table, name, comment, isClustered, isReplicaIdentity }: Index, path: string) {
  if (comment !== null) yield `COMMENT ON INDEX ${path} IS ${escapeLiteral(comment)}`;
  if (isClustered) yield `ALTER TABLE ${table} CLUSTER ON ${escapeIdentifier(name)}`;
  if (isReplicaIdentity) yield `ALTER TABLE ${table} REPLICA IDENTITY USING INDEX ${escapeIdentifier(name)}`;
}

/** A way to the newest rows of a tenant, for tables that know when a row was made. */
export function indexNewest(relations: readonly Relation[], indexes: readonly Index[]): string[] {
  return tenantTables(relations)
    .filter(({ hasCreatedAt, isPartition }) => hasCreatedAt && !isPartition)
    .filter(({ oid }) => !indexes.some((index) => index.tableOid === oid && findsNewest(index)))
    .map(({ path }) => `CREATE INDEX ON ${path} (tenant_id, created_at)`);
}

function findsNewest({ method, isPartial, keys }: Index): boolean {
  return method === "btree" && !isPartial && keys[0] === "tenant_id" && keys[1] === "created_at";
}
