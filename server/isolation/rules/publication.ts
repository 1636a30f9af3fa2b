import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const publication = defineRule<{ publication: string; tables: string }>({
  id: "publication",
  title: "A publication with tenants' tables",
  severity: "medium",
  why: "Logical replication reads past every policy: whoever subscribes gets the rows of all tenants.",
  query: `select p.pubname::text as publication, case when p.puballtables then 'all tables' else 'tables of tenants' end as tables from pg_catalog.pg_publication p
    where p.puballtables and exists (select from tenant)
      or exists (select from pg_catalog.pg_publication_rel r join tenant t on t.oid = r.prrelid where r.prpubid = p.oid)
      or exists (select from pg_catalog.pg_publication_namespace s join tenant t on t.relnamespace = s.pnnspid where s.pnpubid = p.oid)`,
  found: (row) => ({
    object: named(row.publication),
    problem: `It publishes ${row.tables}.`,
    mend: [`DROP PUBLICATION ${quoted(row.publication)}`],
  }),
});
