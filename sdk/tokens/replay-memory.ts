import { FreeholdError } from "../errors/freehold-error.ts";

/**
 * Ids that have been there, for at least `windowMs` and at most twice as long. Two sets take turns,
 * so that forgetting costs nothing. It never forgets one that still counts: when it is full, it
 * takes no more.
 */
export class ReplayMemory {
  readonly #windowMs: number;
  readonly #limit: number;
  #current = new Set<string>();
  #previous = new Set<string>();
  #turnsAt = 0;

  constructor({ windowMs, limit }: { windowMs: number; limit: number }) {
    this.#windowMs = windowMs;
    this.#limit = limit;
  }

  get size(): number {
    return this.#current.size + this.#previous.size;
  }

  /** True when it is new. Throws `unavailable` when there is no room for it. */
  take(id: string, nowMs: number): boolean {
    this.#turn(nowMs);
    if (this.#current.has(id) || this.#previous.has(id)) return false;
    if (this.size >= this.#limit)
      throw new FreeholdError("unavailable", "More calls than this process can tell from repeated ones.");
    this.#current.add(id);
    return true;
  }

  #turn(nowMs: number): void {
    if (nowMs < this.#turnsAt) return;
    const isLongAgo = nowMs >= this.#turnsAt + this.#windowMs;
    this.#previous = isLongAgo ? new Set() : this.#current;
    this.#current = new Set();
    this.#turnsAt = nowMs + this.#windowMs;
  }
}
