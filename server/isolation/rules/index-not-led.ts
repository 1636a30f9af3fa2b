import { type KeyRow, keyColumns, keyJoins, leadWithTenant } from "@/server/isolation/keys";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const indexNotLed = defineRule<KeyRow>({
  id: "index-not-led",
  title: "An index that does not start with the tenant",
  severity: "low",
  why: "Every query of one tenant has the tenant column in its condition; this index makes it read the entries of all tenants.",
  query: `select ${keyColumns} from ${keyJoins} where i.indkey[0] <> t.attnum and (not i.indisunique or t.attnum = any(i.indkey))`,
  found: (row, scope) => ({
    object: named(row.schema, row.index_name),
    problem: `The index of ${named(row.schema, row.name)} does not start with the tenant column.`,
    mend: leadWithTenant(row, scope.tenantColumn),
  }),
});
