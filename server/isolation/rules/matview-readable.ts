import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const matviewReadable = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "matview-readable",
  title: "A materialized view over tenants' tables",
  severity: "high",
  why: "A materialized view has no policies: it holds the rows of whoever refreshed it and shows them to all.",
  query: `select schema, name, roles from over_tenant where relkind = 'm' and roles is not null`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} may read it.`,
    mend: [`REVOKE ALL ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`],
  }),
});
