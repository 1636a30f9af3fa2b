import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleRowSecurityOff = defineRule<{ role: string | null; database: string | null }>({
  id: "role-row-security-off",
  title: "Row level security is switched off by a setting",
  severity: "medium",
  why: "With row_security off, queries fail instead of being filtered; the quick way out is a role that passes by the policies.",
  query: `select r.rolname::text as role, d.datname::text as database from pg_catalog.pg_db_role_setting s
    left join pg_catalog.pg_roles r on r.oid = s.setrole left join pg_catalog.pg_database d on d.oid = s.setdatabase
    where (s.setrole = 0 or s.setrole in (select oid from app_role)) and (s.setdatabase = 0 or d.datname = current_database())
      and exists (select from unnest(s.setconfig) c where c ~* '^row_security=(off|false|no|0)$')`,
  found: (row) => ({
    object: named(row.role ?? row.database ?? "ALL"),
    problem: "row_security is off by default.",
    mend: [
      row.role === null
        ? `ALTER DATABASE ${quoted(row.database ?? "")} RESET row_security`
        : `ALTER ROLE ${quoted(row.role)}${row.database === null ? "" : ` IN DATABASE ${quoted(row.database)}`} RESET row_security`,
    ],
  }),
});
