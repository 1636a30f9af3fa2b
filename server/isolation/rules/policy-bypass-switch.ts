import { rewritePolicy } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyBypassSwitch = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-bypass-switch",
  title: "A policy that a setting switches off",
  severity: "critical",
  why: "Any session can set a setting: whoever can run one statement opens the table with it.",
  query: `select schema, name, type, policy, command from every_policy, lateral (
      select concat_ws(' | ', using_text, check_text) as text) both_texts
    where text ~* 'current_setting\\([^|]*\\)\\)* (=|<>|<|>|~~|IN) *\\(*''[^'']+''::text[^|]* OR '
      or text ~* ' OR \\(*[^|]*current_setting\\([^|]*\\)\\)* (=|<>|<|>|~~) \\(*''[^'']+''::text'
      or text ~* ' OR \\(+[^|=]*current_setting\\([^|=]*\\)::boolean\\)'`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy has an alternative that depends on a setting alone.",
    mend: rewritePolicy(row, scope),
  }),
});
