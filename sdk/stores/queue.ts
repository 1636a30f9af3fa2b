import { FreeholdError } from "../errors/freehold-error.ts";

export interface QueueOptions {
  /** How many run at once. */
  atOnce: number;
  /** How many may wait. */
  waiting: number;
}

/** Lets so many run at once; the urgent ones before the others, each kind in the order in which it came. */
export class Queue {
  readonly #options: QueueOptions;
  readonly #urgent = new Set<() => void>();
  readonly #usual = new Set<() => void>();
  #running = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Throws `unavailable` when too many wait already. */
  async run<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#options.atOnce) this.#running += 1;
    else await this.#wait(isUrgent ? this.#urgent : this.#usual);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #wait(line: Set<() => void>): Promise<void> {
    if (line.size >= this.#options.waiting)
      throw new FreeholdError("unavailable", "Too many tenants are asked for at once.");
    return new Promise((resolve) => line.add(resolve));
  }

  /** Whoever ends hands its place on. */
  #next(): void {
    for (const line of [this.#urgent, this.#usual])
      for (const start of line) {
        line.delete(start);
        start();
        return;
      }
    this.#running -= 1;
  }
}
