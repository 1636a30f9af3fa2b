import { rewritePolicy } from "@/server/isolation/policies";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const policyVolatileFunction = defineRule<{
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
}>({
  id: "policy-volatile-function",
  title: "A policy that calls a volatile function",
  severity: "medium",
  why: "It runs for every row, may answer differently within one query, and keeps indexes from being used.",
  query: `select distinct e.schema, e.name, e.type, e.policy, e.command from every_policy e
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = e.policy_oid
      and d.refclassid = 'pg_catalog.pg_proc'::regclass
    join pg_catalog.pg_proc p on p.oid = d.refobjid and p.provolatile = 'v'`,
  found: (row, scope) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy calls a function that is VOLATILE.",
    mend: rewritePolicy(row, scope),
  }),
});
