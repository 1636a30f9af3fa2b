import { escapeIdentifier, type ClientBase } from "pg";
import { ledIndex, readIndexes, type Index } from "./indexes";
import { ledConstraint, readConstraints, type Constraint } from "./keys";
import { refusal } from "./refuse";
import type { Relation } from "./relations";

/** A table whose columns are set aside, with empty ones under their names. */
export interface StandIn {
  table: Relation;
  /** The real columns, each by its own name and by the one that it has meanwhile. */
  columns: { name: string; aside: string }[];
  /** What the stand-ins look like, to see whether a statement changed them. */
  shape: string;
  /** What was there before: constraints by oid, indexes by name. */
  known: Set<number | string>;
}

/** Sets the columns of a table aside. Empty columns with the same keys take their names. */
export async function standIn(client: ClientBase, table: Relation): Promise<StandIn> {
  const constraints = await readConstraints(client, [table]);
  const indexes = await readIndexes(client, [table]);
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation <> t.typcollation
       THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END AS type
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname <> 'tenant_id'
     ORDER BY a.attnum`,
    [table.oid],
  );
  const columns = rows.map(({ name }, place) => ({ name, aside: `freehold_aside_${place}` }));
  for (const { name, aside } of columns) await rename(client, table, name, aside);
  const added = rows.map(({ name, type }) => `ADD COLUMN ${escapeIdentifier(name)} ${type}`);
  await client.query(`ALTER TABLE ${table.path} ${added.join(", ")}`);
  for (const [place, key] of [...keysOf(constraints, indexes)].entries())
    await client.query(
      `ALTER TABLE ${table.path} ADD CONSTRAINT freehold_key_${table.oid}_${place} UNIQUE (${key})`,
    );
  const known = new Set<number | string>([
    ...(await constraintsOf(client, table)).map(({ oid }) => oid),
    ...(await readIndexes(client, [table])).map(({ name }) => name),
  ]);
  return { table, columns, shape: await shapeOf(client, table), known };
}

async function rename(client: ClientBase, { path }: Relation, from: string, to: string): Promise<void> {
  await client.query(
    `ALTER TABLE ${path} RENAME COLUMN ${escapeIdentifier(from)} TO ${escapeIdentifier(to)}`,
  );
}

/** The keys of a table as its package wrote them. */
function keysOf(constraints: readonly Constraint[], indexes: readonly Index[]): Set<string> {
  const named = constraints.filter(({ type }) => type === "p" || type === "u").map(({ columns }) => columns);
  const unique = indexes
    .filter(({ isUnique, isPartial, keys }) => isUnique && !isPartial && !keys.includes(null))
    .map(({ keys }) => keys);
  const plain = [...named, ...unique].map((columns) =>
    columns.filter((name) => name !== "tenant_id").map((name) => escapeIdentifier(name ?? "")),
  );
  return new Set(plain.filter((columns) => columns.length > 0).map((columns) => columns.join(", ")));
}

async function shapeOf(client: ClientBase, { oid }: Relation): Promise<string> {
  const { rows } = await client.query(
    `SELECT attname, atttypid, atttypmod, attnotnull, atthasdef, attidentity FROM pg_attribute
     WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [oid],
  );
  return JSON.stringify(rows).slice(0, -1);
}

async function constraintsOf(client: ClientBase, { oid }: Relation) {
  const { rows } = await client.query<{ oid: number; type: string; name: string; definition: string }>(
    `SELECT oid, contype::text AS type, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE conrelid = $1 AND conparentid = 0`,
    [oid],
  );
  return rows;
}

/**
 * Puts the real columns back. Gives the statements that make what was made on the stand-ins,
 * for when every table has its tenant.
 */
export async function restore(
  client: ClientBase,
  standing: readonly StandIn[],
  relations: readonly Relation[],
): Promise<string[]> {
  const later: string[] = [];
  const oids = new Set(standing.map(({ table }) => table.oid));
  for (const key of await readConstraints(client, relations)) {
    // Those of earlier migrations are led by the tenant, and hold on to the real columns.
    if (key.isLed || key.type !== "f" || !(oids.has(key.targetOid) || oids.has(key.tableOid))) continue;
    await client.query(`ALTER TABLE ${key.table} DROP CONSTRAINT ${escapeIdentifier(key.name)}`);
    later.push(...ledConstraint(key));
  }
  for (const one of standing) later.unshift(...(await putBack(client, one)));
  return later;
}

async function putBack(client: ClientBase, one: StandIn): Promise<string[]> {
  const { table, columns, known } = one;
  // Columns that the statement added come after, and change nothing in front of them.
  if (!(await shapeOf(client, table)).startsWith(one.shape)) throw mixed(table);
  const later: string[] = [];
  const keys = await readConstraints(client, [table]);
  for (const { oid, type, name, definition } of await constraintsOf(client, table)) {
    if (known.has(oid) || type === "f" || type === "n") continue;
    const key = keys.find((candidate) => candidate.oid === oid);
    const plain = `ALTER TABLE ${table.path} ADD CONSTRAINT ${escapeIdentifier(name)} ${definition}`;
    later.push(...(key ? ledConstraint(key) : [plain]));
    await client.query(`ALTER TABLE ${table.path} DROP CONSTRAINT ${escapeIdentifier(name)}`);
  }
  for (const index of await readIndexes(client, [table])) {
    if (known.has(index.name) || index.isConstraint) continue;
    later.push(index.method === "btree" ? ledIndex(index) : index.definition);
    await client.query(`DROP INDEX ${escapeIdentifier(index.schema)}.${escapeIdentifier(index.name)}`);
  }
  const dropped = columns.map(({ name }) => `DROP COLUMN ${escapeIdentifier(name)}`);
  await client.query(`ALTER TABLE ${table.path} ${dropped.join(", ")}`).catch((error: unknown) => {
    throw mixed(table, error);
  });
  for (const { name, aside } of columns) await rename(client, table, aside, name);
  return later;
}

const mixed = ({ path }: Relation, cause?: unknown) =>
  refusal([`${path}: a key or a foreign key for rows that are there needs a statement of its own`], cause);
