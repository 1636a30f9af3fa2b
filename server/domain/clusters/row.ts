import { eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

export type ClusterRow = typeof cluster.$inferSelect;

/** Throws `not_found`. */
export async function getClusterRow(tx: Db | Tx, id: string): Promise<ClusterRow> {
  const [row] = await tx.select().from(cluster).where(eq(cluster.id, id));
  if (!row) throw new DomainError("not_found", "There is no such cluster.");
  return row;
}
