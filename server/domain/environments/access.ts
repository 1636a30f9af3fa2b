import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";

/** Whether logins are to be taken now, and as of which epoch; null when the environment is gone. */
export async function findAccess(
  db: Db,
  environmentId: string,
): Promise<{ isOpen: boolean; epoch: number } | null> {
  const [row] = await db
    .select({ status: environment.status, epoch: environment.epoch })
    .from(environment)
    .where(eq(environment.id, environmentId));
  return row ? { isOpen: row.status === "active" || row.status === "provisioning", epoch: row.epoch } : null;
}
