import { existsSync } from "node:fs";
import type { Db } from "@/server/db/client";
import type { Drivers } from "@/server/drivers/registry";
import { Refused } from "./refused";

export interface ControlPlane {
  db: Db;
  drivers: Drivers;
  close(): Promise<void>;
}

interface Opening {
  /** Make it and bring it to the current schema, as a start of the server does. */
  prepare: boolean;
  /** Keep the server's log lines out of the output. */
  quiet: boolean;
}

/** The control plane and the databases of this installation, without its server; one may be running. */
export async function openControlPlane({ prepare, quiet }: Opening): Promise<ControlPlane> {
  process.umask(0o077);
  if (quiet) process.env.FREEHOLD_LOG_LEVEL ||= "silent";
  const [{ env }, { masterSecret }, { controlDb }, { processDrivers }] = await Promise.all([
    import("@/server/kernel/env"),
    import("@/server/kernel/master-secret"),
    import("@/server/db/client"),
    import("@/server/sagas/process-drivers"),
  ]);
  const { databaseUrl, dataDir } = env();
  const isMissing = databaseUrl.startsWith("file:") && !existsSync(databaseUrl.slice("file:".length));
  if (!prepare && isMissing)
    throw new Refused(
      `There is no control plane in ${dataDir}. Set FREEHOLD_DATA_DIR, or start Freehold first.`,
    );
  // The secret comes before the database: it is never made anew beside an existing one.
  masterSecret();
  const db = await controlDb();
  if (prepare) await (await import("@/server/prepare")).prepareControlPlane(db);
  const drivers = processDrivers(db);
  return {
    db,
    drivers,
    async close() {
      await drivers.close();
      db.$client.close();
    },
  };
}
