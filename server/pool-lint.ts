import type { PoolDriver } from "@/server/drivers/pool/driver";
import { rolesOf } from "@/server/drivers/pool/names";
import { lint, type LintReport } from "@/server/isolation/lint";

/** Lints a pool as Freehold makes them: what is Freehold's own is not the application. */
export async function lintPool(driver: PoolDriver, databaseName: string): Promise<LintReport> {
  const { installer, owner } = rolesOf(databaseName);
  return driver.readCatalogs(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT schema || '.' || unnest(reference) AS name FROM app.package",
    );
    return lint(client, {
      reference: rows.map(({ name }) => name),
      currentTenant: "(SELECT app.tenant())",
      ownSchemas: ["app"],
      ownRoles: [installer, owner],
    });
  });
}
