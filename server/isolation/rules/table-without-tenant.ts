import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const tableWithoutTenant = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "table-without-tenant",
  title: "A table without the tenant column",
  severity: "medium",
  why: "What is in it is the same for all tenants. If that is meant, name the table as reference; if not, it leaks.",
  query: `select schema, name, array_agg(distinct role) as roles from plain join relation_grant g using (oid) group by schema, name`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `It has no tenant column and ${namedGrantees(row.roles)} may use it; name it with --reference if it is the same for all tenants.`,
    mend: [`REVOKE ALL ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`],
  }),
});
