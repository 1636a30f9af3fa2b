import type { Installation } from "@/server/drivers/installation";
import { DomainError } from "@/server/kernel/errors";
import type { OpenPool } from "./open";

export const forAllTenants = () =>
  new DomainError(
    "precondition",
    "In a pool a package is installed for all of its tenants at once, by an operator.",
  );

/** What the pool says it has: every tenant of it has the same. */
export async function listInstallations({ inside }: OpenPool): Promise<Installation[]> {
  return inside.asAdmin(async (client) => {
    const { rows } = await client.query<Installation>(
      `SELECT package, version, checksum, status, error_message AS problem, updated_at AS "updatedAt"
       FROM app.package WHERE package <> 'freehold.canary' ORDER BY package LIMIT 1000`,
    );
    return rows;
  });
}
