import { grantees, named, namedGrantees, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const definerBypasses = defineRule<
  { schema: string; name: string; arguments: string; kind: string } & { roles: (string | null)[] }
>({
  id: "definer-bypasses",
  title: "A function that runs as a superuser",
  severity: "critical",
  why: "No policy binds its owner: whoever calls it reads and writes what it reads and writes, across all tenants.",
  query: `select schema, name, arguments, kind, roles from own_function where prosecdef and not is_trigger and not is_in_policy and is_bypassing and roles is not null`,
  found: (row) => ({
    object: `${named(row.schema, row.name)}(${row.arguments})`,
    problem: `${namedGrantees(row.roles)} may execute it, and its owner passes by every policy.`,
    mend: [
      `REVOKE EXECUTE ON ${row.kind} ${quoted(row.schema, row.name)}(${row.arguments}) FROM ${grantees(row.roles)}`,
    ],
  }),
});
