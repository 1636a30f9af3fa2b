import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const partitionWithoutRls = defineRule<{ schema: string; name: string }>({
  id: "partition-without-rls",
  title: "A partition without row level security of its own",
  severity: "medium",
  why: "One GRANT on the partition and every tenant's rows in it are open.",
  query: `select schema, name from tenant where relispartition and not (relrowsecurity and relforcerowsecurity)`,
  found: (row) => ({
    object: named(row.schema, row.name),
    problem: "Row level security is not on, or not forced, for the partition itself.",
    mend: [`ALTER TABLE ${quoted(row.schema, row.name)} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`],
  }),
});
