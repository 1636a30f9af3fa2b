import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleBypassrls = defineRule<{ role: string }>({
  id: "role-bypassrls",
  title: "The application passes by row level security",
  severity: "critical",
  why: "BYPASSRLS switches every policy off for the role, forced or not.",
  query: `select rolname::text as role from app_role where rolbypassrls`,
  found: (row) => ({
    object: named(row.role),
    problem: "It has BYPASSRLS.",
    mend: [`ALTER ROLE ${quoted(row.role)} NOBYPASSRLS`],
  }),
});
