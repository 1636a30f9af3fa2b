import { isNotNull } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { prepareKeys } from "@/server/kernel/seal/keys/provider";
import type { Db } from "@/server/db/client";
import { migrateControlPlane } from "@/server/db/migrate";

/** Brings the control plane to the current schema, and makes the keyring of an installation that has sealed nothing yet. */
export async function prepareControlPlane(db: Db): Promise<void> {
  await migrateControlPlane(db);
  await prepareKeys(() => hasSealed(db));
}

async function hasSealed(db: Db): Promise<boolean> {
  for (const table of [databaseCredential, cluster] as const) {
    const [row] = await db.select({ id: table.id }).from(table).where(isNotNull(table.tokenCipher)).limit(1);
    if (row) return true;
  }
  return false;
}
