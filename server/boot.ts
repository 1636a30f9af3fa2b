import { offerDirectAnswers } from "@/server/api/internal/answer-directly";
import { controlDb } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { processDrivers } from "@/server/sagas/process-drivers";
import { env } from "@/server/kernel/env";
import { logger } from "@/server/kernel/logger";
import { masterSecret } from "@/server/kernel/master-secret";
import { startWorker } from "@/server/sagas/worker";

/** Readies this process: settings, secret, schema, worker. A mistake ends it with one sentence. */
export async function boot(): Promise<void> {
  process.umask(0o077);
  try {
    const settings = env();
    // The secret comes before the database: it is never made anew beside an existing one.
    masterSecret();
    const db = await controlDb();
    await prepareControlPlane(db);
    offerDirectAnswers();
    if (settings.worker === "inline") startWorker({ db, drivers: processDrivers(db) });
  } catch (error) {
    logger.fatal({ err: error }, error instanceof Error ? error.message : "could not start");
    process.exit(1);
  }
}
