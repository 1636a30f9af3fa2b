import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const referenceWritable = defineRule<
  { schema: string; name: string; roles: (string | null)[] } & { privileges: string[] }
>({
  id: "reference-writable",
  title: "A reference table that the application may write",
  severity: "high",
  why: "One tenant changes what all tenants read.",
  query: `select schema, name, array_agg(distinct role) as roles, array_agg(distinct privilege) as privileges
    from reference join relation_grant g using (oid)
    where privilege in ('INSERT', 'UPDATE', 'DELETE') group by schema, name`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} has ${row.privileges.join(", ")} on it.`,
    mend: [
      `REVOKE ${row.privileges.join(", ")} ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`,
    ],
  }),
});
