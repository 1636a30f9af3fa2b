import { setTimeout as delay } from "node:timers/promises";
import { logger } from "@/server/kernel/logger";
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from "./start";

const lookMs = 500;
const longestPauseMs = 30_000;

export interface KeptPostgres {
  /** Lets go of the server and does not start it again. */
  stop(): Promise<void>;
}

/** Starts the embedded Postgres, and again whenever it has fallen or could not start, with growing pauses. */
export function keepEmbeddedPostgres(options: EmbeddedPostgresOptions): KeptPostgres {
  const ending = new AbortController();
  const keeping = keep(options, ending.signal);
  return {
    async stop() {
      ending.abort();
      await keeping;
    },
  };
}

async function keep(options: EmbeddedPostgresOptions, ending: AbortSignal): Promise<void> {
  for (let pauseMs = lookMs; !ending.aborted; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const running = await tryToStart(options);
    if (running) {
      await untilGone(running, ending);
      await running.stop();
      if (ending.aborted) return;
      logger.warn("the embedded Postgres has ended and is started again");
      pauseMs = lookMs;
    }
    await pause(pauseMs, ending);
  }
}

async function tryToStart(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres | null> {
  try {
    return await startEmbeddedPostgres(options);
  } catch (error) {
    logger.error({ err: error }, "the embedded Postgres did not start");
    return null;
  }
}

async function untilGone(running: EmbeddedPostgres, ending: AbortSignal): Promise<void> {
  while (!ending.aborted && running.isRunning()) await pause(lookMs, ending);
}

/** Ends early, and without a word, when nobody waits any more. */
const pause = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => undefined);
