import { escapeIdentifier, escapeLiteral, type ClientBase } from "pg";
import { tenantTables, type Relation } from "./relations";

/** A key or an exclusion constraint, or a foreign key between tables of tenants. */
export interface Constraint {
  oid: number;
  name: string;
  type: "p" | "u" | "x" | "f";
  tableOid: number;
  table: string;
  targetOid: number;
  target: string | null;
  columns: string[];
  targetColumns: string[];
  /** The columns that ON DELETE sets, where it names them. */
  deleteColumns: string[];
  onDelete: string;
  onUpdate: string;
  isDeferrable: boolean;
  isDeferred: boolean;
  isValid: boolean;
  isEnforced: boolean;
  isPeriod: boolean;
  /** Whether tenant_id leads it, on both sides. */
  isLed: boolean;
  indexOid: number;
  method: string | null;
  definition: string;
  comment: string | null;
  isClustered: boolean;
  isReplicaIdentity: boolean;
}

const namesOf = (table: string, numbers: string) =>
  `ARRAY(SELECT a.attname FROM unnest(${numbers}) WITH ORDINALITY AS part(number, place)
     JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = part.number ORDER BY part.place)::text[]`;

const leads = (table: string, numbers: string) =>
  `(SELECT a.attname = 'tenant_id' FROM pg_attribute a WHERE a.attrelid = ${table} AND a.attnum = ${numbers}[1])`;

const query = `
  SELECT k.oid, k.conname AS name, k.contype::text AS type, k.conrelid AS "tableOid",
    k.conrelid::regclass::text AS table, k.confrelid AS "targetOid",
    nullif(k.confrelid, 0)::regclass::text AS target, ${namesOf("k.conrelid", "k.conkey")} AS columns,
    ${namesOf("k.confrelid", "k.confkey")} AS "targetColumns",
    ${namesOf("k.conrelid", "k.confdelsetcols")} AS "deleteColumns",
    k.confdeltype::text AS "onDelete", k.confupdtype::text AS "onUpdate", k.condeferrable AS "isDeferrable",
    k.condeferred AS "isDeferred", k.convalidated AS "isValid",
    coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) AS "isEnforced",
    coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false) AS "isPeriod",
    CASE k.contype WHEN 'f' THEN ${leads("k.conrelid", "k.conkey")} AND ${leads("k.confrelid", "k.confkey")}
      ELSE ${leads("k.conrelid", "k.conkey")} END AS "isLed",
    k.conindid AS "indexOid", m.amname AS method, pg_get_constraintdef(k.oid) AS definition,
    obj_description(k.oid, 'pg_constraint') AS comment,
    coalesce(x.indisclustered, false) AS "isClustered", coalesce(x.indisreplident, false) AS "isReplicaIdentity"
  FROM pg_constraint k LEFT JOIN pg_class i ON i.oid = k.conindid LEFT JOIN pg_am m ON m.oid = i.relam
    LEFT JOIN pg_index x ON x.indexrelid = k.conindid
  WHERE k.conrelid = ANY($1::oid[]) AND k.contype IN ('p', 'u', 'x', 'f') AND k.conparentid = 0
    AND (k.contype <> 'f' OR k.confrelid = ANY($1::oid[]))
  ORDER BY k.oid`;

/** The constraints of tables of tenants that have to name the tenant. */
export async function readConstraints(
  client: ClientBase,
  relations: readonly Relation[],
): Promise<Constraint[]> {
  const oids = tenantTables(relations).map(({ oid }) => oid);
  const { rows } = await client.query<Constraint>(query, [oids]);
  return rows;
}

/** Statements that rebuild what the tenant does not lead yet, under the same names. */
export function leadConstraints(constraints: readonly Constraint[]): string[] {
  const keys = constraints.filter(({ type, isLed }) => type !== "f" && !isLed);
  const rebuilt = new Set(keys.map(({ indexOid }) => indexOid));
  const foreign = constraints.filter(
    ({ type, isLed, indexOid }) => type === "f" && (!isLed || rebuilt.has(indexOid)),
  );
  return [
    ...foreign.map(drop),
    ...keys.map(drop),
    ...keys.flatMap(ledConstraint),
    ...foreign.flatMap(ledConstraint),
  ];
}

/** Statements that make it anew, led by the tenant. */
export function ledConstraint(key: Constraint): string[] {
  return [`${adding(key)} ${key.type === "f" ? ledForeignKey(key) : ledKey(key)}`, ...kept(key)];
}

const drop = ({ table, name }: Constraint) =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${escapeIdentifier(name)}`;

const adding = ({ table, name }: Constraint) =>
  `ALTER TABLE ${table} ADD CONSTRAINT ${escapeIdentifier(name)}`;

/** What does not stand in a constraint's definition. */
function* kept({ table, name, comment, isClustered, isReplicaIdentity }: Constraint): Generator<string> {
  const quoted = escapeIdentifier(name);
  if (comment !== null) yield `COMMENT ON CONSTRAINT ${quoted} ON ${table} IS ${escapeLiteral(comment)}`;
  if (isClustered) yield `ALTER TABLE ${table} CLUSTER ON ${quoted}`;
  if (isReplicaIdentity) yield `ALTER TABLE ${table} REPLICA IDENTITY USING INDEX ${quoted}`;
}

/** Postgres writes definitions in one form each, so that the place of the first column is known. */
function ledKey({ type, method, definition }: Constraint): string {
  const openings =
    type === "p"
      ? ["PRIMARY KEY ("]
      : type === "u"
        ? ["UNIQUE (", "UNIQUE NULLS NOT DISTINCT ("]
        : [`EXCLUDE USING ${method} (`];
  const opening = openings.find((one) => definition.startsWith(one));
  if (opening === undefined) throw new Error(`A constraint is written in an unknown form: ${definition}`);
  const tenant = type === "x" ? "tenant_id WITH =, " : "tenant_id, ";
  return opening + tenant + definition.slice(opening.length);
}

const actions: Record<string, string> = {
  a: "NO ACTION",
  r: "RESTRICT",
  c: "CASCADE",
  n: "SET NULL",
  d: "SET DEFAULT",
};

function ledForeignKey(key: Constraint): string {
  const { columns, targetColumns, deleteColumns, onDelete, onUpdate } = key;
  const own = without(columns);
  // What a deletion sets must not be the tenant.
  const set = deleteColumns.length > 0 ? deleteColumns : own;
  return [
    `FOREIGN KEY (${list(own, key)}) REFERENCES ${key.target} (${list(without(targetColumns), key)})`,
    `ON UPDATE ${actions[onUpdate]} ON DELETE ${actions[onDelete]}`,
    onDelete === "n" || onDelete === "d" ? `(${set.map(escapeIdentifier).join(", ")})` : "",
    key.isDeferrable ? `DEFERRABLE INITIALLY ${key.isDeferred ? "DEFERRED" : "IMMEDIATE"}` : "",
    key.isEnforced ? "" : "NOT ENFORCED",
    key.isValid || !key.isEnforced ? "" : "NOT VALID",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

const without = (columns: readonly string[]) => columns.filter((name) => name !== "tenant_id");

function list(columns: readonly string[], { isPeriod }: Constraint): string {
  const named = columns.map((name, place) => {
    const isLast = place === columns.length - 1;
    return isPeriod && isLast ? `PERIOD ${escapeIdentifier(name)}` : escapeIdentifier(name);
  });
  return ["tenant_id", ...named].join(", ");
}
