import { guardTable } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyTrue = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-true",
  title: "A policy that lets everything through",
  severity: "critical",
  why: "It shows or gives away the rows of all tenants, whatever the other policies say.",
  query: `select schema, name, type, policy, command from loose_policy where using_text = 'true'`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy is USING (true), and no restrictive policy stands behind it.",
    mend: guardTable(row, scope),
  }),
});
