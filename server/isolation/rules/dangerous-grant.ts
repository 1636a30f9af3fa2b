import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const dangerousGrant = defineRule<{
  schema: string;
  name: string;
  role: string | null;
  privileges: string[];
}>({
  id: "dangerous-grant",
  title: "A privilege that no policy limits",
  severity: "high",
  why: "TRUNCATE empties the table for all tenants, TRIGGER runs code on their rows, REFERENCES asks what exists, MAINTAIN locks them out.",
  query: `select t.schema, t.name, g.role, array_agg(distinct g.privilege order by g.privilege) as privileges
    from (select oid, schema, name from tenant where not relispartition union all select oid, schema, name from reference) t
    join relation_grant g using (oid)
    where g.privilege in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN') group by 1, 2, 3`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees([row.role])} has ${row.privileges.join(", ")} on it.`,
    mend: [
      `REVOKE ${row.privileges.join(", ")} ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees([row.role])}`,
    ],
  }),
});
