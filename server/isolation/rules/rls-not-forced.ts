import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const rlsNotForced = defineRule<{ schema: string; name: string }>({
  id: "rls-not-forced",
  title: "Row level security that the owner passes by",
  severity: "high",
  why: "The owner of a table, and whoever may act as the owner, sees the rows of all tenants unless the policies are forced.",
  query: `select schema, name from tenant where relrowsecurity and not relforcerowsecurity and not relispartition`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: "Row level security does not bind the owner.",
    mend: [`ALTER TABLE ${quoted(row.schema, row.name)} FORCE ROW LEVEL SECURITY`],
  }),
});
