import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const triggerDefiner = defineRule<
  { schema: string; name: string; arguments: string; kind: string } & {
    table_schema: string;
    table_name: string;
  }
>({
  id: "trigger-definer",
  title: "A trigger with rights of its own",
  severity: "high",
  why: "A trigger that is SECURITY DEFINER sees and copies the rows of every tenant that writes.",
  query: `select distinct f.schema, f.name, f.arguments, f.kind, t.schema as table_schema, t.name as table_name from own_function f
    join pg_catalog.pg_trigger g on g.tgfoid = f.oid and not g.tgisinternal and g.tgparentid = 0
    join tenant t on t.oid = g.tgrelid where f.prosecdef`,
  found: (row) => ({
    object: `${named(row.schema, row.name)}(${row.arguments})`,
    problem: `A trigger of ${named(row.table_schema, row.table_name)} calls it, and it is SECURITY DEFINER.`,
    mend: [`ALTER ${row.kind} ${quoted(row.schema, row.name)}(${row.arguments}) SECURITY INVOKER`],
  }),
});
