import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const schemaCreate = defineRule<{ schema: string; roles: (string | null)[] }>({
  id: "schema-create",
  title: "The application may make objects beside tenants' tables",
  severity: "high",
  why: "A function or table of one's own, in a schema that others search, is code that others run.",
  query: `select n.nspname::text as schema, array_agg(distinct g.role) as roles from pg_catalog.pg_namespace n
    cross join lateral pg_catalog.aclexplode(n.nspacl) x join grantee g on g.oid = x.grantee
    where x.privilege_type = 'CREATE' and x.grantee <> n.nspowner and (n.nspname = 'public' or n.oid in (select relnamespace from tenant)) group by 1`,
  found: (row) => ({
    object: named(row.schema),
    problem: `${namedGrantees(row.roles)} may create in it.`,
    mend: [`REVOKE CREATE ON SCHEMA ${quoted(row.schema)} FROM ${grantees(row.roles)}`],
  }),
});
