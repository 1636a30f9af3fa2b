import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const leakproofFunction = defineRule<{
  schema: string;
  name: string;
  arguments: string;
  kind: string;
}>({
  id: "leakproof-function",
  title: "A function that claims to be leakproof",
  severity: "high",
  why: "Leakproof functions run before the policies, on the rows of all tenants. Only those of Postgres itself have been checked.",
  query: `select schema, name, arguments, kind from own_function where proleakproof`,
  found: (row) => ({
    object: `${named(row.schema, row.name)}(${row.arguments})`,
    problem: "It is marked LEAKPROOF.",
    mend: [`ALTER ${row.kind} ${quoted(row.schema, row.name)}(${row.arguments}) NOT LEAKPROOF`],
  }),
});
