import { setTimeout as delay } from "node:timers/promises";

export interface Patience {
  /** Milliseconds until a request that has no answer is given up. */
  requestMs: number;
  /** Milliseconds in which Turso has to show everywhere what it has confirmed. */
  settleMs: number;
  /** Milliseconds for which one answer may ask to slow down. */
  slowDownMs: number;
}

export const usualPatience: Patience = { requestMs: 15_000, settleMs: 30_000, slowDownMs: 15_000 };

const firstPauseMs = 25;
const longestPauseMs = 1_000;

/** Asks until there is an answer other than null. A plain error when that takes too long: it may be there later. */
export async function waitFor<T>(
  { settleMs }: Patience,
  what: string,
  ask: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + settleMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const found = await ask();
    if (found !== null) return found;
    if (performance.now() + pauseMs > deadline) throw new Error(`Turso does not show ${what} yet.`);
    await delay(pauseMs);
  }
}
