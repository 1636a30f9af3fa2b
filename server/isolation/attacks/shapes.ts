import type { ClientBase } from "pg";
import { quoted } from "@/server/isolation/quote";

/** A table as the attacks need it, names quoted. */
export interface Shape {
  schema: string;
  name: string;
  /** Schema and table, quoted. */
  table: string;
  owner: string;
  tenant: string;
  /** The column that, with the tenant's, names a row. */
  key: string;
  keyType: string;
  /** A column that the application may change. */
  column: string;
  /** Foreign keys to other tables of tenants: their last column. */
  references: string[];
  /** Views and materialized views over it, and partitions of it, which may not be meant for use. */
  beside: string[];
}

/** What else can be called in the schemas of tenants' tables. */
export interface Surroundings {
  functions: string[];
  sequences: string[];
}

interface ShapeRow {
  schema: string;
  name: string;
  owner: string;
  keys: string[];
  key_type: string;
  columns: string[];
  reference_columns: string[] | null;
  beside: [string, string][] | null;
}

const shapesQuery = `
select n.nspname::text as schema, c.relname::text as name, pg_get_userbyid(c.relowner)::text as owner,
  k.keys, k.key_type,
  array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and a.attgenerated = '' and a.attidentity = '' and a.attname <> $1::text and not a.attname::text = any(k.keys)
    order by a.atttypid = 'text'::regtype desc, a.attnum) as columns,
  (select array_agg(a.attname::text) from pg_constraint f join pg_attribute a on a.attrelid = c.oid
    and a.attnum = f.conkey[cardinality(f.conkey)] where f.conrelid = c.oid and f.contype = 'f') as reference_columns,
  (select array_agg(array[bn.nspname::text, b.relname::text]) from pg_class b join pg_namespace bn on bn.oid = b.relnamespace
    where b.oid in (select i.inhrelid from pg_inherits i where i.inhparent = c.oid
      union select r.ev_class from pg_depend d join pg_rewrite r on r.oid = d.objid
      where d.refobjid = c.oid and d.refclassid = 'pg_class'::regclass and d.classid = 'pg_rewrite'::regclass
        and r.ev_class <> c.oid)) as beside
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute t on t.attrelid = c.oid and t.attname = $1::text and not t.attisdropped
cross join lateral (
  select array_agg(a.attname::text order by u.n) as keys,
    (array_agg(format_type(a.atttypid, null) order by u.n))[1] as key_type
  from pg_index i cross join lateral unnest(i.indkey) with ordinality u (num, n)
  join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num
  where i.indrelid = c.oid and i.indisprimary and a.attname <> $1::text
) k
where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and k.keys is not null
order by 1, 2`;

/** The tables of tenants that have a primary key and a column to change, as the catalog tells. */
export async function readShapes(client: ClientBase, tenantColumn: string): Promise<Shape[]> {
  const { rows } = await client.query<ShapeRow>(shapesQuery, [tenantColumn]);
  return rows.flatMap((row) => {
    const [key] = row.keys;
    if (key === undefined) return [];
    return {
      schema: row.schema,
      name: row.name,
      table: quoted(row.schema, row.name),
      owner: quoted(row.owner),
      tenant: quoted(tenantColumn),
      key: quoted(key),
      keyType: row.key_type,
      column: quoted(row.columns[0] ?? key),
      references: (row.reference_columns ?? []).map((column) => quoted(column)),
      beside: (row.beside ?? []).map(([schema, name]) => quoted(schema, name)),
    };
  });
}

/** Functions without arguments and sequences in the schemas of these tables. */
export async function readSurroundings(client: ClientBase, shapes: Shape[]): Promise<Surroundings> {
  const schemas = [[...new Set(shapes.map(({ schema }) => schema))]];
  const functions = await client.query<{ name: string }>(
    `select p.oid::regproc::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname::text = any($1::text[]) and p.pronargs = 0 and p.prokind = 'f'
       and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype) order by 1`,
    schemas,
  );
  const sequences = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname::text = any($1::text[]) and c.relkind = 'S' order by 1`,
    schemas,
  );
  const names = ({ rows }: { rows: { name: string }[] }) => rows.map(({ name }) => name);
  return { functions: names(functions), sequences: names(sequences) };
}
