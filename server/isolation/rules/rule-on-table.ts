import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const ruleOnTable = defineRule<{ schema: string; name: string } & { rule: string }>({
  id: "rule-on-table",
  title: "A rewrite rule on a table of tenants",
  severity: "medium",
  why: "A rule turns one statement into others, which run with the rights of the table's owner.",
  query: `select t.schema, t.name, r.rulename::text as rule from tenant t join pg_catalog.pg_rewrite r on r.ev_class = t.oid where r.rulename <> '_RETURN'`,
  found: (row) => ({
    object: `${named(row.rule)} on ${named(row.schema, row.name)}`,
    problem: "The table has a rewrite rule.",
    mend: [`DROP RULE ${quoted(row.rule)} ON ${quoted(row.schema, row.name)}`],
  }),
});
