import { eq } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import type { EnvironmentLimits } from "./limits";

/** What the environment may hold; null when it is gone. */
export async function findLimits(db: Db, environmentId: string): Promise<EnvironmentLimits | null> {
  const { storageLimitMb, rowLimit } = environmentDatabase;
  const [row] = await db
    .select({ storageLimitMb, rowLimit })
    .from(environmentDatabase)
    .where(eq(environmentDatabase.environmentId, environmentId));
  return row ?? null;
}
