import { and, count, eq, ne } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Tx } from "@/server/db/client";

/** Of one database, at once. */
export const mostCredentials = 100;

/** How many credentials of the database are not revoked. */
export async function countAlive(tx: Tx, databaseId: string): Promise<number> {
  const [counted] = await tx
    .select({ total: count() })
    .from(databaseCredential)
    .where(and(eq(databaseCredential.databaseId, databaseId), ne(databaseCredential.status, "revoked")));
  return counted?.total ?? 0;
}
