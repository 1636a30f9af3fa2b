import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleOwnsTable = defineRule<
  { schema: string; name: string } & { role: string; owner: string; columns: string[] }
>({
  id: "role-owns-table",
  title: "The application owns a table of tenants",
  severity: "critical",
  why: "An owner may switch row level security off, and does not need a privilege to do anything else.",
  query: `select t.schema, t.name, a.rolname::text as role, o.rolname::text as owner,
      array(select c.attname::text from pg_catalog.pg_attribute c where c.attrelid = t.oid
        and c.attnum > 0 and not c.attisdropped and c.attnum <> t.attnum and c.attgenerated = '' order by c.attnum) as columns
    from tenant t join app_role a on a.oid = t.relowner
    join pg_catalog.pg_database d on d.datname = current_database() join pg_catalog.pg_roles o on o.oid = d.datdba`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${named(row.role)} owns it.`,
    mend: [
      `ALTER TABLE ${quoted(row.schema, row.name)} OWNER TO ${quoted(row.owner)}`,
      `GRANT SELECT, INSERT, DELETE ON TABLE ${quoted(row.schema, row.name)} TO ${quoted(row.role)}`,
      ...(row.columns.length > 0
        ? [
            `GRANT UPDATE (${row.columns.map((column) => quoted(column)).join(", ")}) ON TABLE ${quoted(row.schema, row.name)} TO ${quoted(row.role)}`,
          ]
        : []),
    ],
  }),
});
