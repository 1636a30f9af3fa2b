import { setTimeout as delay } from "node:timers/promises";
import { Outage, type ControlPlaneClient } from "./control-plane-client.ts";
import { readChanges, type Changes } from "./read-answer.ts";

export type FeedState =
  /** Every change is heard of as it happens. */
  | "live"
  /** It broke off, or Freehold does not let this service listen. */
  | "unsure"
  /** It broke off, and Freehold did not answer since. */
  | "away";

export interface FeedListener {
  changed(changes: Changes["changes"]): void;
  /** Changes may have been missed. */
  reset(): void;
  state(state: FeedState): void;
}

// A network that says nothing any more is noticed after this and the usual patience.
const waitSeconds = 5;
const shortestPauseMs = 50;
const longestPauseMs = 1_000;

/** Follows `GET /internal/tenants/changes` until it is closed, from wherever it broke off. */
export class ChangeFeed {
  readonly #client: ControlPlaneClient;
  readonly #listener: FeedListener;
  readonly #ending = new AbortController();
  #following: Promise<void> | null = null;

  constructor(client: ControlPlaneClient, listener: FeedListener) {
    this.#client = client;
    this.#listener = listener;
  }

  /** Once is enough, and more do no harm. */
  start(): void {
    this.#following ??= this.#follow();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#following;
    // Whoever still asks is told what is so by then, and not what was when it was last heard.
    this.#listener.state("unsure");
  }

  async #follow(): Promise<void> {
    const { signal } = this.#ending;
    let failures = 0;
    for (let since: number | null = null; !signal.aborted;) {
      try {
        // After a failure, an answer at once says whether Freehold is there.
        const isSettled: boolean = since !== null && failures === 0;
        since = this.#take(since, await this.#poll(since, isSettled ? waitSeconds : 0));
        failures = 0;
        this.#listener.state("live");
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        this.#listener.state(failures > 1 && error instanceof Outage ? "away" : "unsure");
        if (failures > 1) await pause(failures, signal);
      }
    }
  }

  async #poll(since: number | null, wait: number): Promise<Changes> {
    const query = since === null ? "wait=0" : `since=${since}&wait=${wait}`;
    const { signal } = this.#ending;
    const answer = await this.#client.request(`/internal/tenants/changes?${query}`, {
      signal,
      waitMs: wait * 1000,
    });
    try {
      return readChanges(answer.body);
    } catch (cause) {
      throw new Outage("Freehold's answer cannot be read.", cause);
    }
  }

  #take(since: number | null, { changes, next, reset }: Changes): number {
    if (since === null || reset) this.#listener.reset();
    if (changes.length > 0) this.#listener.changed(changes);
    return next;
  }
}

/** Twice as long each time, and never at the same moment as the others that lost it. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** failures);
  // When it is closed meanwhile, the loop sees that by itself.
  await delay(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}
