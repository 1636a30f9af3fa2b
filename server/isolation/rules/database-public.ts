import { grantees, named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const databasePublic = defineRule<{ database: string; roles: string[] }>({
  id: "database-public",
  title: "A database that every role may enter",
  severity: "medium",
  why: "Every role of the server may connect, make temporary tables that shadow real ones, and see the catalogs.",
  query: `select d.datname::text as database, array(select rolname::text from app_role where rolcanlogin order by 1) as roles
    from pg_catalog.pg_database d where d.datname = current_database() and exists (
      select from pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) x where x.grantee = 0)`,
  found: (row) => ({
    object: named(row.database),
    problem: "PUBLIC may connect or make temporary tables.",
    mend: [
      `REVOKE ALL ON DATABASE ${quoted(row.database)} FROM PUBLIC`,
      ...(row.roles.length > 0
        ? [`GRANT CONNECT ON DATABASE ${quoted(row.database)} TO ${grantees(row.roles)}`]
        : []),
    ],
  }),
});
