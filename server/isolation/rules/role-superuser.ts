import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleSuperuser = defineRule<{ role: string }>({
  id: "role-superuser",
  title: "The application is a superuser",
  severity: "critical",
  why: "No policy, forced or not, and no missing privilege binds a superuser.",
  query: `select rolname::text as role from app_role where rolsuper`,
  found: (row) => ({
    object: named(row.role),
    problem: "It is a superuser.",
    mend: [`ALTER ROLE ${quoted(row.role)} NOSUPERUSER`],
  }),
});
