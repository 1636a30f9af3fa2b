import { eq } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db, Tx } from "@/server/db/client";

/** What a pool measured of a tenant. */
interface Sample {
  tenant: string;
  rows: number;
  storageBytes: number;
  overLimit: boolean;
}

/** Keeps what a pool measured of a tenant, and whether it refuses its writes. */
export async function recordSample(tx: Db | Tx, sample: Sample): Promise<void> {
  await tx
    .update(environmentDatabase)
    .set({ storageUsedBytes: sample.storageBytes, rowCount: sample.rows, isOverLimit: sample.overLimit })
    .where(eq(environmentDatabase.environmentId, sample.tenant));
}
