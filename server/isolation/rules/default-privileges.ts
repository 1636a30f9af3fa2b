import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const defaultPrivileges = defineRule<{ owner: string; schema: string | null; role: string | null }>({
  id: "default-privileges",
  title: "Privileges on tables that do not exist yet",
  severity: "medium",
  why: "A new table is open to the application before anybody has put a policy on it.",
  query: `select distinct o.rolname::text as owner, n.nspname::text as schema, g.role from pg_catalog.pg_default_acl d
    join pg_catalog.pg_roles o on o.oid = d.defaclrole left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
    cross join lateral pg_catalog.aclexplode(d.defaclacl) x join grantee g on g.oid = x.grantee
    where d.defaclobjtype = 'r' and x.grantee <> d.defaclrole`,
  found: (row) => ({
    object: `${named(row.owner)}${row.schema === null ? "" : ` in ${named(row.schema)}`}`,
    problem: `Tables that ${named(row.owner)} makes are open to ${namedGrantees([row.role])} at once.`,
    mend: [
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoted(row.owner)}${row.schema === null ? "" : ` IN SCHEMA ${quoted(row.schema)}`} REVOKE ALL ON TABLES FROM ${grantees([row.role])}`,
    ],
  }),
});
