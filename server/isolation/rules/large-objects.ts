import { grantees, namedGrantees } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const largeObjects = defineRule<{ database: string; functions: string[]; roles: (string | null)[] }>({
  id: "large-objects",
  title: "Large objects that all may make and read",
  severity: "low",
  why: "Large objects have no tenant and no policies: what one tenant stores there, the next reads with the same role.",
  query: `select current_database()::text as database, array_agg(distinct format('pg_catalog.%I(%s)', p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid))) as functions,
      array_agg(distinct g.role) as roles
    from pg_catalog.pg_proc p cross join lateral pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) x
    join grantee g on g.oid = x.grantee
    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname in ('lo_create', 'lo_creat', 'lo_from_bytea', 'lo_open', 'lo_get', 'lo_put',
      'lo_import', 'lo_export', 'lo_unlink', 'loread', 'lowrite')
    having count(*) > 0`,
  found: (row) => ({
    object: "large objects",
    problem: `${namedGrantees(row.roles)} may execute their functions.`,
    mend: [`REVOKE EXECUTE ON FUNCTION ${row.functions.join(", ")} FROM ${grantees(row.roles)}`],
  }),
});
