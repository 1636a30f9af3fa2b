import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const tenantNullable = defineRule<{ schema: string; name: string }>({
  id: "tenant-nullable",
  title: "A tenant column that may be empty",
  severity: "high",
  why: "A row without a tenant belongs to nobody, or to everybody, depending on the policy of the day.",
  query: `select schema, name from tenant where not attnotnull and not relispartition`,
  found: (row, scope) => ({
    object: named(row.schema, row.name),
    problem: "The tenant column accepts NULL.",
    mend: [
      `ALTER TABLE ${quoted(row.schema, row.name)} ALTER COLUMN ${quoted(scope.tenantColumn)} SET NOT NULL`,
    ],
  }),
});
