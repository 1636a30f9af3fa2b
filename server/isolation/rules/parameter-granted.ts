import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const parameterGranted = defineRule<{ parameter: string; role: string | null }>({
  id: "parameter-granted",
  title: "A parameter of superusers that the application may set",
  severity: "high",
  why: "session_replication_role switches triggers and foreign keys off; others write files or log what all tenants ask.",
  query: `select p.parname::text as parameter, g.role from pg_catalog.pg_parameter_acl p cross join lateral pg_catalog.aclexplode(p.paracl) x
    join grantee g on g.oid = x.grantee group by 1, 2`,
  found: (row) => ({
    object: named(row.parameter),
    problem: `${namedGrantees([row.role])} may set it.`,
    mend: [`REVOKE ALL ON PARAMETER ${quoted(row.parameter)} FROM ${grantees([row.role])}`],
  }),
});
