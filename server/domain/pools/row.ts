import { eq } from "drizzle-orm";
import { pool } from "@/drizzle/control/schema/pools";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

export type PoolRow = typeof pool.$inferSelect;

/** Throws `not_found`. */
export async function getPoolRow(tx: Db | Tx, id: string): Promise<PoolRow> {
  const [row] = await tx.select().from(pool).where(eq(pool.id, id));
  if (!row) throw new DomainError("not_found", "There is no such pool.");
  return row;
}
