import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const publicGrant = defineRule<{ schema: string; name: string; privileges: string[] }>({
  id: "public-grant",
  title: "A table of tenants that is open to PUBLIC",
  severity: "high",
  why: "Every role of the server, today's and tomorrow's, may use the table.",
  query: `select t.schema, t.name, array_agg(distinct g.privilege order by g.privilege) as privileges from tenant t join relation_grant g using (oid)
    where g.role is null and not t.relispartition and g.privilege in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') group by 1, 2`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `PUBLIC has ${row.privileges.join(", ")} on it.`,
    mend: [`REVOKE ${row.privileges.join(", ")} ON TABLE ${quoted(row.schema, row.name)} FROM PUBLIC`],
  }),
});
