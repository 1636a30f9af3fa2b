import { resolve } from "node:path";
import { migrate } from "drizzle-orm/libsql/migrator";
import type { Db } from "./client";

/** Brings the control plane to the current schema. Two processes may do it at once: the loser looks again. */
export async function migrateControlPlane(
  db: Db,
  migrationsFolder = resolve("drizzle/control/migrations"),
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await migrate(db, { migrationsFolder });
      return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
