import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const grantOption = defineRule<{ schema: string; name: string; role: string; privileges: string[] }>({
  id: "grant-option",
  title: "A privilege that may be passed on",
  severity: "medium",
  why: "The application can give other roles what it has, and revoking it later takes more than one statement.",
  query: `select t.schema, t.name, g.role, array_agg(distinct g.privilege order by g.privilege) as privileges
    from (select oid, schema, name from tenant union all select oid, schema, name from reference) t
    join relation_grant g using (oid) where g.is_grantable group by 1, 2, 3`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${named(row.role)} may pass on ${row.privileges.join(", ")}.`,
    mend: [
      `REVOKE GRANT OPTION FOR ${row.privileges.join(", ")} ON TABLE ${quoted(row.schema, row.name)} FROM ${quoted(row.role)} CASCADE`,
    ],
  }),
});
