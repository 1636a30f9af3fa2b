import { eq } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

/** Throws `conflict` when the registry knows the database: then it is an environment's own. */
export async function requireUnregistered(tx: Db | Tx, databaseName: string): Promise<void> {
  const [known] = await tx
    .select({ id: environmentDatabase.id })
    .from(environmentDatabase)
    .where(eq(environmentDatabase.databaseName, databaseName));
  if (known) throw new DomainError("conflict", "The registry knows this database by now. Compare again.");
}
