import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const rlsDisabled = defineRule<{ schema: string; name: string }>({
  id: "rls-disabled",
  title: "A table of tenants without row level security",
  severity: "critical",
  why: "Without row level security every query sees and changes the rows of all tenants.",
  query: `select schema, name from tenant where not relrowsecurity and not relispartition`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: "Row level security is off.",
    mend: [`ALTER TABLE ${quoted(row.schema, row.name)} ENABLE ROW LEVEL SECURITY`],
  }),
});
