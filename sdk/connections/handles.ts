import { FreeholdError } from "../errors/freehold-error.ts";
import type { Handle } from "./tenant-database.ts";

/** Which handle is wanted. */
export interface Wanted {
  /** Where it leads, and as whom. */
  key: string;
  /** The tenant or pool whose handles these are; a new key in a group takes the place of the others. */
  group: string;
  open(): Promise<Handle>;
}

export interface HandlesOptions {
  /** Open at once at most; those that nobody uses are closed for others, the longest unused first. */
  most: number;
  /** Closed when nobody has used it for so long. */
  idleMs: number;
  /** How long to wait for one when all are in use. */
  waitMs: number;
}

/** A handle with those who use it. */
export interface Slot {
  readonly key: string;
  readonly group: string;
  readonly handle: Promise<Handle>;
  users: number;
  usedAt: number;
  /** Closed as soon as nobody uses it. */
  isRetired: boolean;
}

/** Handles by where they lead: opened once for all who want them, and closed only when nobody uses them. */
export class Handles {
  readonly #options: HandlesOptions;
  /** The longest unused first. */
  readonly #slots = new Map<string, Slot>();
  readonly #closing = new Set<Promise<void>>();
  readonly #waiting = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: HandlesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#closeIdle(), Math.max(10, options.idleMs / 4));
    this.#timer.unref();
  }

  get size(): number {
    return this.#slots.size;
  }

  has(group: string): boolean {
    return [...this.#slots.values()].some((slot) => slot.group === group);
  }

  /** To be given back, whatever happens. Throws `limit` when all are in use for too long. */
  async take(wanted: Wanted): Promise<Slot> {
    for (const until = performance.now() + this.#options.waitMs; ;) {
      const slot = this.#slots.get(wanted.key) ?? this.#open(wanted);
      if (slot) return this.#use(slot);
      await this.#room(until - performance.now());
    }
  }

  giveBack(slot: Slot): void {
    slot.users -= 1;
    slot.usedAt = performance.now();
    if (slot.users > 0) return;
    if (slot.isRetired) this.#close(slot);
    for (const goOn of this.#waiting) {
      this.#waiting.delete(goOn);
      goOn();
      return;
    }
  }

  /** Those of the group but `key` get no new users, and close when the last one is done. */
  retire(group: string, key: string | null): void {
    for (const slot of this.#slots.values()) if (slot.group === group && slot.key !== key) this.#retire(slot);
  }

  /** Waits for nobody: whoever uses one has been told to stop. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const slot of this.#slots.values()) this.#retire(slot);
    await Promise.all(this.#closing);
  }

  #use(slot: Slot): Slot {
    slot.users += 1;
    // Last in the map is used last.
    this.#slots.delete(slot.key);
    this.#slots.set(slot.key, slot);
    return slot;
  }

  #open({ key, group, open }: Wanted): Slot | null {
    if (this.#slots.size >= this.#options.most && !this.#closeUnused()) return null;
    this.retire(group, key);
    const slot: Slot = { key, group, handle: open(), users: 0, usedAt: performance.now(), isRetired: false };
    // Whoever waits for it hears why; the next one tries again.
    slot.handle.catch(() => this.#slots.get(key) === slot && this.#slots.delete(key));
    this.#slots.set(key, slot);
    return slot;
  }

  #closeUnused(): boolean {
    for (const slot of this.#slots.values())
      if (slot.users === 0) {
        this.#retire(slot);
        return true;
      }
    return false;
  }

  #closeIdle(): void {
    const before = performance.now() - this.#options.idleMs;
    for (const slot of this.#slots.values()) if (slot.users === 0 && slot.usedAt < before) this.#retire(slot);
  }

  #retire(slot: Slot): void {
    slot.isRetired = true;
    this.#slots.delete(slot.key);
    if (slot.users === 0) this.#close(slot);
  }

  #close({ handle }: Slot): void {
    const closing = handle
      .then((open) => open.close())
      // It could not be opened, or is closed already by the other side.
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  /** Until somebody gives one back. */
  async #room(ms: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const tooLong = () => {
      this.#waiting.delete(resolve);
      reject(new FreeholdError("limit", "Too many tenants' databases are in use at once."));
    };
    const timer = setTimeout(tooLong, Math.max(0, ms));
    this.#waiting.add(resolve);
    await promise.finally(() => clearTimeout(timer));
  }
}
