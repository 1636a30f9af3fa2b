import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const databaseTemp = defineRule<{ database: string; role: string }>({
  id: "database-temp",
  title: "The application may make temporary tables",
  severity: "low",
  why: "A temporary table outlives the transaction that made it and shadows the real one for the next borrower of the connection.",
  query: `select d.datname::text as database, g.role from pg_catalog.pg_database d cross join lateral pg_catalog.aclexplode(d.datacl) x
    join grantee g on g.oid = x.grantee where d.datname = current_database() and g.role is not null
      and x.privilege_type in ('TEMPORARY', 'CREATE') group by 1, 2`,
  found: (row) => ({
    object: named(row.role),
    problem: "It may make temporary tables or schemas in this database.",
    mend: [`REVOKE TEMPORARY, CREATE ON DATABASE ${quoted(row.database)} FROM ${quoted(row.role)}`],
  }),
});
