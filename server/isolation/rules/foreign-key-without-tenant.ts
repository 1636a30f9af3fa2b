import { escapeIdentifier } from "pg";
import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

interface KeyRow {
  schema: string;
  name: string;
  constraint_name: string;
  target_schema: string;
  target: string;
  columns: string[];
  target_columns: string[];
  on_delete: string;
  on_update: string;
  timing: string;
  has_key: boolean;
}

export const foreignKeyWithoutTenant = defineRule<KeyRow>({
  id: "foreign-key-without-tenant",
  title: "A foreign key that crosses tenants",
  severity: "high",
  why: "Foreign keys are checked without policies: a row can point at another tenant, the answer tells what exists there, and a cascade deletes across the fence.",
  query: `select t.schema, t.name, k.conname::text as constraint_name, p.schema as target_schema, p.name as target,
      c.columns, c.target_columns, f.words[strpos('arcnd', k.confdeltype::text)] as on_delete,
      f.words[strpos('arcnd', k.confupdtype::text)] as on_update,
      case when k.condeferrable then ' DEFERRABLE' else '' end
        || case when k.condeferred then ' INITIALLY DEFERRED' else '' end as timing,
      exists (select from pg_catalog.pg_index i where i.indrelid = p.oid and i.indisunique and i.indpred is null
        and i.indexprs is null and i.indimmediate and i.indnkeyatts = cardinality(c.target_numbers) + 1
        and array(select u::int from unnest(i.indkey[0:i.indnkeyatts - 1]) u order by 1)
          = array(select u::int from unnest(c.target_numbers || p.attnum) u order by 1)) as has_key
    from tenant t join pg_catalog.pg_constraint k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
    join tenant p on p.oid = k.confrelid
    cross join (select array['NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL', 'SET DEFAULT'] as words) f
    cross join lateral (
      select array_agg(a.attname::text order by u.n) as columns, array_agg(b.attname::text order by u.n) as target_columns,
        array_agg(b.attnum order by u.n) as target_numbers
      from unnest(k.conkey, k.confkey) with ordinality u (own, other, n)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own
      join pg_catalog.pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.other
      where u.other <> p.attnum) c
    where c.columns is not null
      and not exists (select from unnest(k.conkey, k.confkey) u (own, other) where u.own = t.attnum and u.other = p.attnum)`,
  found: (row, scope) => ({
    object: `${named(row.constraint_name)} on ${named(row.schema, row.name)}`,
    problem: `It references ${named(row.target_schema, row.target)} without the tenant column.`,
    mend: leadKey(row, scope.tenantColumn),
  }),
});

function leadKey(row: KeyRow, tenantColumn: string): string[] {
  const list = (columns: string[]) => columns.map((column) => escapeIdentifier(column)).join(", ");
  const target = `${quoted(row.target_schema, row.target)} (${list([tenantColumn, ...row.target_columns])})`;
  const constraint = quoted(row.constraint_name);
  // Without its list, SET NULL would empty the tenant column too.
  const some = row.on_delete.startsWith("SET") ? ` (${list(row.columns)})` : "";
  const key = `FOREIGN KEY (${list([tenantColumn, ...row.columns])}) REFERENCES ${target}`;
  return [
    ...(row.has_key ? [] : [`CREATE UNIQUE INDEX ON ${target}`]),
    `ALTER TABLE ${quoted(row.schema, row.name)} DROP CONSTRAINT ${constraint}, ADD CONSTRAINT ${constraint} ${key} ON UPDATE ${row.on_update} ON DELETE ${row.on_delete}${some}${row.timing}`,
  ];
}
