import { guardTable } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const checkTrue = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "check-true",
  title: "A policy that accepts rows for any tenant",
  severity: "critical",
  why: "Rows can be written into another tenant or moved there; an UPDATE without WHERE does it to all rows at once.",
  query: `select schema, name, type, policy, command from loose_policy where check_text = 'true' and using_text is distinct from 'true'`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy is WITH CHECK (true), and no restrictive policy stands behind it.",
    mend: guardTable(row, scope),
  }),
});
