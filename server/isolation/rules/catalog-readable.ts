import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const catalogReadable = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "catalog-readable",
  title: "A catalog of secrets or samples that the application may read",
  severity: "high",
  why: "Statistics hold samples of all tenants' values; the others hold passwords, connection strings, and large objects.",
  query: `select n.nspname::text as schema, c.relname::text as name, array_agg(distinct g.role) as roles
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace join relation_grant g on g.oid = c.oid
    where n.nspname = 'pg_catalog' and g.column_name is null and c.relname in ('pg_statistic', 'pg_statistic_ext_data', 'pg_authid',
      'pg_user_mapping', 'pg_subscription', 'pg_largeobject', 'pg_hba_file_rules', 'pg_file_settings') group by 1, 2`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} may read it.`,
    mend: [`REVOKE ALL ON TABLE ${quoted(row.schema, row.name)} FROM ${grantees(row.roles)}`],
  }),
});
