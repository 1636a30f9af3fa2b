import { quoted } from "./quote";
import type { Scope } from "./scope";

interface PolicyRow {
  schema: string;
  name: string;
  type: string;
}

const comparison = (scope: Scope, type: string) =>
  `${quoted(scope.tenantColumn)} = ${scope.currentTenant(type)}`;

/** The statements that put the restrictive guard on a table. */
export function guardTable({ schema, name, type }: PolicyRow, scope: Scope): string[] {
  const table = quoted(schema, name);
  const fence = comparison(scope, type);
  return [
    `DROP POLICY IF EXISTS tenant_fence ON ${table}`,
    `CREATE POLICY tenant_fence ON ${table} AS RESTRICTIVE FOR ALL TO PUBLIC USING (${fence}) WITH CHECK (${fence})`,
  ];
}

/** The statement that makes a policy compare the tenant and do nothing else. */
export function rewritePolicy(
  { schema, name, type, policy, command }: PolicyRow & { policy: string; command: string },
  scope: Scope,
): string[] {
  const fence = comparison(scope, type);
  const using = command === "a" ? "" : ` USING (${fence})`;
  const check = ["r", "d"].includes(command) ? "" : ` WITH CHECK (${fence})`;
  return [`ALTER POLICY ${quoted(policy)} ON ${quoted(schema, name)}${using}${check}`];
}
