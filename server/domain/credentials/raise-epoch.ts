import { eq, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import type { Tx } from "@/server/db/client";

/** Whoever holds facts about this tenant hears that they have changed. */
export async function raiseEpoch(tx: Tx, environmentId: string): Promise<void> {
  await tx
    .update(environment)
    .set({ epoch: sql`${environment.epoch} + 1` })
    .where(eq(environment.id, environmentId));
}
