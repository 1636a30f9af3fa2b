import { setTimeout as delay } from "node:timers/promises";
import { offerDirectAnswers } from "@/server/api/internal/answer-directly";
import { closeDb, controlDb } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { processDrivers } from "@/server/sagas/process-drivers";
import { env } from "@/server/kernel/env";
import { logger } from "@/server/kernel/logger";
import { masterSecret } from "@/server/kernel/master-secret";
import { singleton } from "@/server/kernel/singleton";
import { startWorker } from "@/server/sagas/worker";

/** How long operations under way have to come to an end; what is left of them is taken up at the next start. */
const graceMs = 1000;

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
    const worker = settings.worker === "inline" ? startWorker({ db, drivers: processDrivers(db) }) : null;
    // Let the script that listens find it, which runs outside of what Next has built.
    singleton("close", () => async () => {
      await Promise.race([worker?.stop(), delay(graceMs)]);
      await closeDb(db);
    });
  } catch (error) {
    logger.fatal({ err: error }, error instanceof Error ? error.message : "could not start");
    process.exit(1);
  }
}
