import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const sequenceReadable = defineRule<
  { schema: string; name: string; roles: (string | null)[] } & { privileges: string[] }
>({
  id: "sequence-readable",
  title: "A sequence that tells how much others write",
  severity: "low",
  why: "Its last value counts the rows of all tenants, and UPDATE lets one tenant move it for all.",
  query: `select n.nspname::text as schema, c.relname::text as name, array_agg(distinct g.role) as roles, array_agg(distinct g.privilege) as privileges
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace join relation_grant g on g.oid = c.oid
    where c.relkind = 'S' and g.privilege in ('SELECT', 'UPDATE') and c.relnamespace in (select relnamespace from tenant) group by 1, 2`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} has ${row.privileges.join(", ")} on it.`,
    mend: [
      `REVOKE ${row.privileges.join(", ")} ON SEQUENCE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`,
    ],
  }),
});
