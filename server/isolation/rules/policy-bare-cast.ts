import { rewritePolicy } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyBareCast = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-bare-cast",
  title: "A policy that casts a setting as it is",
  severity: "medium",
  why: "After a transaction that set it, a setting is empty and not null: the cast fails with 22P02, and people mend that by opening the policy.",
  query: `select schema, name, type, policy, command from every_policy, lateral (
      select concat_ws(' | ', using_text, check_text) as text) both_texts
    where text ~* '\\(current_setting\\([^()]*\\)\\)::(uuid|integer|bigint|smallint|numeric)'`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "An empty setting is cast without NULLIF.",
    mend: rewritePolicy(row, scope),
  }),
});
