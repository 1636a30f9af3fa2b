import { eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

export type CredentialRow = typeof databaseCredential.$inferSelect;

/** For the worker, whose operation names it; undefined when it went with its environment. */
export async function findCredentialRow(tx: Db | Tx, id: string): Promise<CredentialRow | undefined> {
  const [row] = await tx.select().from(databaseCredential).where(eq(databaseCredential.id, id));
  return row;
}

/** The same; throws `not_found`. */
export async function getCredentialRow(tx: Db | Tx, id: string): Promise<CredentialRow> {
  const row = await findCredentialRow(tx, id);
  if (!row) throw new DomainError("not_found", "There is no such credential.");
  return row;
}
