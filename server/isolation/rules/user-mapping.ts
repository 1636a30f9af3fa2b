import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const userMapping = defineRule<{ server: string; role: string | null }>({
  id: "user-mapping",
  title: "A stored login for another server",
  severity: "high",
  why: "Whoever it is for acts on the other server as that login, with its password.",
  query: `select s.srvname::text as server, g.role from pg_catalog.pg_user_mapping u join pg_catalog.pg_foreign_server s on s.oid = u.umserver
    join grantee g on g.oid = u.umuser`,
  found: (row) => ({
    object: `${namedGrantees([row.role])} at ${named(row.server)}`,
    problem: "A login for this server is kept for it.",
    mend: [`DROP USER MAPPING FOR ${grantees([row.role])} SERVER ${quoted(row.server)}`],
  }),
});
