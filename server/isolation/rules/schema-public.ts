import { grantees, named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const schemaPublic = defineRule<{ schema: string }>({
  id: "schema-public",
  title: "A schema of tenants' tables that all may use",
  severity: "low",
  why: "Every role of the server reaches what is in it as soon as one object is granted too widely.",
  query: `select distinct n.nspname::text as schema from pg_catalog.pg_namespace n cross join lateral pg_catalog.aclexplode(n.nspacl) x
    where x.privilege_type = 'USAGE' and x.grantee = 0 and n.oid in (select relnamespace from tenant)`,
  found: (row, scope) => ({
    object: named(row.schema),
    problem: "PUBLIC has USAGE on it.",
    mend: [
      `REVOKE USAGE ON SCHEMA ${quoted(row.schema)} FROM PUBLIC`,
      ...(scope.appRoles.length > 0
        ? [`GRANT USAGE ON SCHEMA ${quoted(row.schema)} TO ${grantees(scope.appRoles)}`]
        : []),
    ],
  }),
});
