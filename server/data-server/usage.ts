import { logger } from "@/server/kernel/logger";
import type { Access, AccessBook, Usage } from "./access";

export interface UsageCollector {
  note(access: Access, sizeBytes: number): void;
  /** Hands over what has been collected. Never throws: the next round comes soon. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps who used what in memory and hands it over every few seconds, never with a request. */
export function collectUsage(book: Pick<AccessBook, "used">, everyMs: number): UsageCollector {
  let samples = new Map<string, Usage>();

  async function flush(): Promise<void> {
    if (samples.size === 0) return;
    const given = samples;
    samples = new Map();
    try {
      await book.used([...given.values()]);
    } catch (error) {
      logger.error({ err: error }, "Usage could not be handed over");
      for (const [key, sample] of given) if (!samples.has(key)) samples.set(key, sample);
    }
  }

  const timer = setInterval(() => void flush(), everyMs).unref();
  return {
    note({ tenant, credentialId }, sizeBytes) {
      samples.set(`${tenant} ${credentialId}`, { tenant, credentialId, at: new Date(), sizeBytes });
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
