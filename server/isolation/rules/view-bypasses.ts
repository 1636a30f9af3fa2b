import { named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const viewBypasses = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "view-bypasses",
  title: "A view of a superuser over tenants' tables",
  severity: "critical",
  why: "No policy binds a superuser or a role with BYPASSRLS: the view shows the rows of all tenants, forced or not.",
  query: `select schema, name, roles from over_tenant where relkind = 'v' and not is_invoker and is_bypassing and roles is not null`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} may use it, and its owner passes by every policy.`,
    mend: [`ALTER VIEW ${quoted(row.schema, row.name)} SET (security_invoker = true)`],
  }),
});
