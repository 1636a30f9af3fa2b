import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const partitionGranted = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "partition-granted",
  title: "A partition that the application may use directly",
  severity: "high",
  why: "The policies of the parent do not apply to a query that names the partition.",
  query: `select t.schema, t.name, array_agg(distinct g.role) as roles from tenant t join relation_grant g using (oid) where t.relispartition group by 1, 2`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} may use the partition without its parent.`,
    mend: [`REVOKE ALL ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`],
  }),
});
