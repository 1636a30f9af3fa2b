import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const tenantColumnWritable = defineRule<{
  schema: string;
  name: string;
  role: string;
  columns: string[];
}>({
  id: "tenant-column-writable",
  title: "The application may change whose a row is",
  severity: "medium",
  why: "If a policy ever fails to check what is written, an UPDATE moves rows to another tenant. A privilege that is not there cannot be used.",
  query: `select t.schema, t.name, g.role, array(select a.attname::text from pg_catalog.pg_attribute a where a.attrelid = t.oid
        and a.attnum > 0 and not a.attisdropped and a.attnum <> t.attnum and a.attgenerated = '' order by a.attnum) as columns
    from tenant t join relation_grant g using (oid)
    where g.privilege = 'UPDATE' and g.role is not null and not t.relispartition and coalesce(g.column_name, $3::text) = $3::text
    group by t.oid, t.schema, t.name, t.attnum, g.role`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${named(row.role)} may UPDATE the tenant column.`,
    mend: [
      `REVOKE UPDATE ON TABLE ${quoted(row.schema, row.name)} FROM ${quoted(row.role)}`,
      ...(row.columns.length > 0
        ? [
            `GRANT UPDATE (${row.columns.map((column) => quoted(column)).join(", ")}) ON TABLE ${quoted(row.schema, row.name)} TO ${quoted(row.role)}`,
          ]
        : []),
    ],
  }),
});
