import { rewritePolicy } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyPerRow = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-per-row",
  title: "A policy that asks for the tenant once per row",
  severity: "low",
  why: "Outside of a sub-select the function runs for every row, which makes large tables slow enough that people look for a way around.",
  query: `select schema, name, type, policy, command from every_policy e, lateral (
      select concat_ws(' | ', using_text, check_text) as text) both_texts
    where text !~* '\\( SELECT ' and (text ~* '\\mcurrent_setting\\(' or exists (
      select from pg_catalog.pg_depend d join pg_catalog.pg_proc p on p.oid = d.refobjid and p.provolatile = 's'
      where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = e.policy_oid
        and d.refclassid = 'pg_catalog.pg_proc'::regclass))`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The tenant is not asked for in a sub-select.",
    mend: rewritePolicy(row, scope),
  }),
});
