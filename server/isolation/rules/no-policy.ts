import { guardTable } from "@/server/isolation/policies";
import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const noPolicy = defineRule<{ schema: string; name: string } & { type: string }>({
  id: "no-policy",
  title: "A table of tenants without a policy",
  severity: "low",
  why: "Nobody sees a row of it, which is safe, and tempts the next person to switch row level security off.",
  query: `select schema, name, type from tenant where relrowsecurity and not relispartition and oid not in (select oid from every_policy)`,
  found: (row, scope) => ({
    object: named(row.schema, row.name),
    problem: "Row level security is on and there is no policy.",
    mend: [
      `CREATE POLICY tenant_base ON ${quoted(row.schema, row.name)} FOR ALL TO PUBLIC USING (true) WITH CHECK (true)`,
      ...guardTable(row, scope),
    ],
  }),
});
