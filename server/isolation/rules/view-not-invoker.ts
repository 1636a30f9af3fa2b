import { named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const viewNotInvoker = defineRule<{ schema: string; name: string; roles: (string | null)[] }>({
  id: "view-not-invoker",
  title: "A view that reads as its owner",
  severity: "high",
  why: "Whoever may read the view reads as its owner, and policies that do not bind the owner do not bind the reader.",
  query: `select schema, name, roles from over_tenant where relkind = 'v' and not is_invoker and not is_bypassing and roles is not null`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: `${namedGrantees(row.roles)} may use it and it is not security_invoker.`,
    mend: [`ALTER VIEW ${quoted(row.schema, row.name)} SET (security_invoker = true)`],
  }),
});
