import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const definerSearchPath = defineRule<{
  schema: string;
  name: string;
  arguments: string;
  kind: string;
}>({
  id: "definer-search-path",
  title: "A SECURITY DEFINER function without a search path",
  severity: "high",
  why: "Whoever calls it decides which tables and functions its names mean, and runs them with its owner's rights.",
  query: `select schema, name, arguments, kind from own_function where prosecdef
    and not exists (select from unnest(proconfig) s where s like 'search_path=%')`,
  found: (row) => ({
    object: `${named(row.schema, row.name)}(${row.arguments})`,
    problem: "It is SECURITY DEFINER and its search_path is the caller's.",
    mend: [
      `ALTER ${row.kind} ${quoted(row.schema, row.name)}(${row.arguments}) SET search_path = pg_catalog, ${quoted(row.schema)}, pg_temp`,
    ],
  }),
});
