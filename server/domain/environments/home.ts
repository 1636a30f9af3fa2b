import { eq } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

export type DatabaseRow = typeof environmentDatabase.$inferSelect;

/** Where the environment's data lives; for a caller who has proven that it may know. Throws `not_found`. */
export async function getDatabaseRow(tx: Db | Tx, environmentId: string): Promise<DatabaseRow> {
  const [row] = await tx
    .select()
    .from(environmentDatabase)
    .where(eq(environmentDatabase.environmentId, environmentId));
  return requireDatabaseRow(row);
}

/** Throws `not_found`. */
export function requireDatabaseRow(row: DatabaseRow | undefined): DatabaseRow {
  if (!row) throw new DomainError("not_found", "There is no such database.");
  return row;
}

/** How sagas name a database. */
export const homeOf = ({ environmentId, databaseName, clusterId, poolId }: DatabaseRow) => ({
  environmentId,
  databaseName,
  clusterId,
  poolId,
});
