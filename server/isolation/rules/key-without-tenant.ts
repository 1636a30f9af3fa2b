import { type KeyRow, keyColumns, keyJoins, leadWithTenant } from "@/server/isolation/keys";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const keyWithoutTenant = defineRule<KeyRow>({
  id: "key-without-tenant",
  title: "A unique key across tenants",
  severity: "medium",
  why: "Whether an insert fails tells one tenant what another has, and whoever comes first takes the value from all others.",
  query: `select ${keyColumns} from ${keyJoins} where i.indisunique and not t.attnum = any(i.indkey)`,
  found: (row, scope) => ({
    object: named(row.schema, row.index_name),
    problem: `The key of ${named(row.schema, row.name)} does not contain the tenant column; foreign keys that reference it are to be mended first.`,
    mend: leadWithTenant(row, scope.tenantColumn),
  }),
});
