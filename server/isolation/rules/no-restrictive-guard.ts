import { guardTable } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const noRestrictiveGuard = defineRule<{ schema: string; name: string } & { type: string }>({
  id: "no-restrictive-guard",
  title: "No restrictive policy that guards the table",
  severity: "medium",
  why: "Permissive policies are joined by OR: one more of them, written in haste, opens the table. A restrictive policy for all commands is joined by AND and holds.",
  query: `select schema, name, type from tenant where relrowsecurity and oid in (select oid from every_policy)
    and oid not in (select oid from guarded) and oid not in (select oid from loose_policy)`,
  found: (row, scope) => ({
    object: named(row.schema, row.name),
    problem: "No restrictive policy for all commands and roles compares the tenant column.",
    mend: guardTable(row, scope),
  }),
});
