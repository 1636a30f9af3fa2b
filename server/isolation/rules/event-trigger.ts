import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const eventTrigger = defineRule<{
  trigger: string;
  schema: string;
  name: string;
  arguments: string;
  owner: string;
}>({
  id: "event-trigger",
  title: "An event trigger that others can rewrite",
  severity: "high",
  why: "An event trigger runs with the rights of whoever changes the schema, often a superuser: who owns its function owns them.",
  query: `select e.evtname::text as trigger, f.schema, f.name, f.arguments, o.rolname::text as owner from pg_catalog.pg_event_trigger e
    join own_function f on f.oid = e.evtfoid join pg_catalog.pg_roles o on o.oid = e.evtowner
    where f.proowner <> e.evtowner and not f.is_bypassing`,
  found: (row) => ({
    object: named(row.trigger),
    problem: `Its function ${named(row.schema, row.name)} belongs to somebody else than the trigger.`,
    mend: [`ALTER FUNCTION ${quoted(row.schema, row.name)}(${row.arguments}) OWNER TO ${quoted(row.owner)}`],
  }),
});
