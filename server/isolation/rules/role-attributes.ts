import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleAttributes = defineRule<{ role: string } & { attributes: string[] }>({
  id: "role-attributes",
  title: "The application may make roles, databases, or replicas",
  severity: "high",
  why: "CREATEROLE leads to other roles' rights, CREATEDB to copies, and REPLICATION reads everything as it is on disk.",
  query: `select rolname::text as role, array_remove(array[case when rolcreaterole then 'CREATEROLE' end, case when rolcreatedb then 'CREATEDB' end,
      case when rolreplication then 'REPLICATION' end], null) as attributes from app_role where rolcreaterole or rolcreatedb or rolreplication`,
  found: (row) => ({
    object: named(row.role),
    problem: `It has ${row.attributes.join(", ")}.`,
    mend: [`ALTER ROLE ${quoted(row.role)} ${row.attributes.map((attribute) => `NO${attribute}`).join(" ")}`],
  }),
});
