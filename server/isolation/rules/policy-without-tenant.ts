import { guardTable } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyWithoutTenant = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-without-tenant",
  title: "A policy that does not compare the tenant",
  severity: "high",
  why: "A condition on anything else holds for rows of every tenant.",
  query: `select schema, name, type, policy, command from loose_policy
    where coalesce(using_text, '') <> 'true' and coalesce(check_text, '') <> 'true'
      and (position(quote_ident($3::text) in coalesce(using_text, quote_ident($3::text))) = 0
        or position(quote_ident($3::text) in coalesce(check_text, quote_ident($3::text))) = 0)`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy names the tenant column nowhere, and no restrictive policy stands behind it.",
    mend: guardTable(row, scope),
  }),
});
