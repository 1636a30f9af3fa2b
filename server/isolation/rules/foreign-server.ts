import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const foreignServer = defineRule<{ server: string; kind: string; roles: (string | null)[] }>({
  id: "foreign-server",
  title: "A foreign server that the application may use",
  severity: "high",
  why: "It reaches another server with logins that are kept here, past everything that is checked here.",
  query: `select s.srvname::text as server, 'FOREIGN SERVER' as kind, array_agg(distinct g.role) as roles from pg_catalog.pg_foreign_server s
    cross join lateral pg_catalog.aclexplode(s.srvacl) x join grantee g on g.oid = x.grantee where x.grantee <> s.srvowner group by 1
    union all
    select w.fdwname::text, 'FOREIGN DATA WRAPPER', array_agg(distinct g.role) from pg_catalog.pg_foreign_data_wrapper w
    cross join lateral pg_catalog.aclexplode(w.fdwacl) x join grantee g on g.oid = x.grantee where x.grantee <> w.fdwowner group by 1`,
  found: (row) => ({
    object: named(row.server),
    problem: `${namedGrantees(row.roles)} may use it.`,
    mend: [`REVOKE USAGE ON ${row.kind} ${quoted(row.server)} FROM ${grantees(row.roles)}`],
  }),
});
