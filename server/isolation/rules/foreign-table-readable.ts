import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const foreignTableReadable = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "foreign-table-readable",
  title: "A foreign table that the application may use",
  severity: "high",
  why: "Policies do not reach another server: the table shows what its stored login may see there.",
  query: `select n.nspname::text as schema, c.relname::text as name, array_agg(distinct g.role) as roles
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace join relation_grant g on g.oid = c.oid
    where c.relkind = 'f' group by 1, 2`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} may use it.`,
    mend: [`REVOKE ALL ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`],
  }),
});
