import { escapeIdentifier } from "pg";
import { quoted } from "./quote";

export interface KeyRow {
  schema: string;
  name: string;
  index_name: string;
  /** Null: an index that no constraint made. */
  constraint_name: string | null;
  contype: string | null;
  columns: string[];
  definition: string;
  /** The definition up to its first column, as the server writes it. */
  head: string;
  is_deferrable: boolean;
  is_deferred: boolean;
}

/** What a rule about an index selects of it, given `i` pg_index, `x` its pg_class, `t` tenant. */
export const keyColumns = `
t.schema, t.name, x.relname::text as index_name, k.conname::text as constraint_name, k.contype::text,
array(select a.attname::text from unnest(i.indkey) with ordinality u(num, n)
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.num
  where u.n <= i.indnkeyatts and u.num <> t.attnum order by u.n) as columns,
pg_catalog.pg_get_indexdef(i.indexrelid) as definition,
'CREATE ' || case when i.indisunique then 'UNIQUE ' else '' end || 'INDEX ' || quote_ident(x.relname) || ' ON '
  || case when t.relkind = 'p' then 'ONLY ' else '' end
  || quote_ident(t.schema) || '.' || quote_ident(t.name) || ' USING btree (' as head,
coalesce(k.condeferrable, false) as is_deferrable, coalesce(k.condeferred, false) as is_deferred`;

export const keyJoins = `
tenant t join pg_catalog.pg_index i on i.indrelid = t.oid
join pg_catalog.pg_class x on x.oid = i.indexrelid and not x.relispartition
join pg_catalog.pg_am m on m.oid = x.relam and m.amname = 'btree'
left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u') and k.conrelid = t.oid`;

/** The statements that put the tenant column in front of a key or an index. */
export function leadWithTenant(row: KeyRow, tenantColumn: string): string[] {
  const columns = [tenantColumn, ...row.columns].map((column) => escapeIdentifier(column)).join(", ");
  if (row.constraint_name !== null) {
    const kind = row.contype === "p" ? "PRIMARY KEY" : "UNIQUE";
    const timing = row.is_deferred ? " INITIALLY DEFERRED" : "";
    const deferrable = row.is_deferrable ? ` DEFERRABLE${timing}` : "";
    const constraint = quoted(row.constraint_name);
    return [
      `ALTER TABLE ${quoted(row.schema, row.name)} DROP CONSTRAINT ${constraint}, ADD CONSTRAINT ${constraint} ${kind} (${columns})${deferrable}`,
    ];
  }
  const rest = row.definition.slice(row.head.length);
  const head = row.head.replace(" ON ONLY ", " ON ");
  return [
    `DROP INDEX ${quoted(row.schema, row.index_name)}`,
    `${head}${escapeIdentifier(tenantColumn)}, ${rest}`,
  ];
}
