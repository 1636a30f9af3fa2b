import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const definerPublic = defineRule<{ schema: string; name: string; arguments: string; kind: string }>({
  id: "definer-public",
  title: "A SECURITY DEFINER function that all may call",
  severity: "medium",
  why: "Functions are executable by all unless that is taken away, and this one runs with its owner's rights.",
  query: `select schema, name, arguments, kind from own_function where prosecdef and not is_trigger and not is_in_policy and not is_bypassing and array_position(roles, null) is not null`,
  found: (row) => ({
    object: `${named(row.schema, row.name)}(${row.arguments})`,
    problem: "PUBLIC may execute it, and it is SECURITY DEFINER.",
    mend: [`REVOKE EXECUTE ON ${row.kind} ${quoted(row.schema, row.name)}(${row.arguments}) FROM PUBLIC`],
  }),
});
