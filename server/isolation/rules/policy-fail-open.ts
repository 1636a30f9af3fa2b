import { rewritePolicy } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyFailOpen = defineRule<
  { schema: string; name: string; type: string; policy: string; command: string } & { text: string }
>({
  id: "policy-fail-open",
  title: "A policy that opens when there is no tenant",
  severity: "critical",
  why: "A connection that forgot to say whose it is sees all tenants instead of nothing.",
  query: `select schema, name, type, policy, command, using_text from every_policy, lateral (
      select concat_ws(' | ', using_text, check_text) as text) both_texts
    where text ~* '\\) IS NULL\\)* OR ' or text ~* ' OR \\(+[^|]*\\) IS NULL\\)' or text ~* 'COALESCE\\('
      or text ~* '\\)+ = ''''::text\\)* OR '
      or position(quote_ident($3::text) || ' IS NULL) OR' in text) > 0`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy is true when the tenant of the connection, or of the row, is unknown.",
    mend: rewritePolicy(row, scope),
  }),
});
