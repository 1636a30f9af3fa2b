import { rewritePolicy } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

// Who the connection is: a setting, a sub-select, or a function of one's own; those of Postgres have no schema here.
const source = String.raw`(current_setting\(|SELECT |[[:alnum:]_"]\.[[:alnum:]_"]+\()`;
// Up to the end of the same comparison.
const onwards = "((?! AND | OR )[^|])*";
const missing = String.raw`\)*(::[a-z ]+)? (IS NULL|= ''''::text)`;

export const policyFailOpen = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-fail-open",
  title: "A policy that opens when there is no tenant",
  severity: "critical",
  why: "A connection that forgot to say whose it is sees all tenants instead of nothing.",
  query: `select schema, name, type, policy, command from every_policy, lateral (
      select concat_ws(' | ', using_text, check_text) as text) both_texts
    where text ~ '${source}${onwards}${missing}\\)* OR '
      or text ~ ' OR \\(+((NULLIF|COALESCE)\\()?\\(* ?${source}${onwards}${missing}\\)'
      or text ~ 'COALESCE\\(\\(* ?(NULLIF\\()?\\(* ?${source}'
      or position(quote_ident($3::text) || ' IS NULL) OR' in text) > 0
      or position(' OR (' || quote_ident($3::text) || ' IS NULL)' in text) > 0`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy is true when the tenant of the connection, or of the row, is unknown.",
    mend: rewritePolicy(row, scope),
  }),
});
