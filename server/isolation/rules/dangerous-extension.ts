import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const dangerousExtension = defineRule<{ extension: string }>({
  id: "dangerous-extension",
  title: "An extension that reaches past policies",
  severity: "high",
  why: "It opens files, other servers, or pages on disk, or runs code of the operating system: none of that knows a policy.",
  query: `select extname::text as extension from pg_catalog.pg_extension where extname in ('adminpack', 'dblink', 'file_fdw', 'pageinspect', 'pg_surgery',
      'pg_walinspect', 'pgrowlocks', 'pgstattuple', 'plperlu', 'plpython2u', 'plpython3u', 'plpythonu', 'pltclu', 'postgres_fdw', 'xml2')`,
  found: (row) => ({
    object: named(row.extension),
    problem: "It is installed in this database.",
    mend: [`DROP EXTENSION ${quoted(row.extension)}`],
  }),
});
