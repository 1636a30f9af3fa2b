import { setTimeout as delay } from "node:timers/promises";
import { FreeholdError } from "../errors/freehold-error.ts";

/** One `withDatabase` that is under way, and what ends it early. */
export class OpenUse {
  readonly tenant: string;
  readonly #given: AbortSignal | undefined;
  readonly #giveUp = () => this.abort(this.#given?.reason);
  #reason: { error: unknown } | null = null;
  #reject: ((error: unknown) => void) | null = null;
  #controller: AbortController | null = null;

  constructor(tenant: string, given: AbortSignal | undefined) {
    this.tenant = tenant;
    this.#given = given;
    given?.addEventListener("abort", this.#giveUp, { once: true });
  }

  /** Made when it is asked for: a signal costs more than everything else of a use. */
  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal;
    this.#controller = new AbortController();
    if (this.#reason) this.#controller.abort(this.#reason.error);
    return this.#controller.signal;
  }

  abort(error: unknown): void {
    if (this.#reason) return;
    this.#reason = { error };
    this.#controller?.abort(error);
    this.#reject?.(error);
  }

  throwIfAborted(): void {
    if (this.#reason) throw this.#reason.error;
  }

  /** Settles as `running` does, unless the use is ended earlier: then with the reason. */
  until<T>(running: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#reason) reject(this.#reason.error);
      else this.#reject = reject;
      running.then(resolve, reject);
    });
  }

  /** Nobody listens for its end any more. */
  close(): void {
    this.#given?.removeEventListener("abort", this.#giveUp);
  }
}

/** What is under way, by tenant, so that all of it can be ended at once. */
export class Uses {
  readonly #most: number;
  readonly #byTenant = new Map<string, Set<OpenUse>>();
  #size = 0;
  /** What all wait for who want nothing to be under way. */
  #emptied: PromiseWithResolvers<void> | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  tenants(): string[] {
    return [...this.#byTenant.keys()];
  }

  isUsed(tenant: string): boolean {
    return this.#byTenant.has(tenant);
  }

  /** Throws `limit` when the tenant has too much under way, and the signal's reason when it is aborted. */
  begin(tenant: string, signal?: AbortSignal): OpenUse {
    signal?.throwIfAborted();
    const uses = this.#byTenant.get(tenant) ?? new Set();
    if (uses.size >= this.#most)
      throw new FreeholdError("limit", "Too much of this tenant is under way at once.");
    const use = new OpenUse(tenant, signal);
    this.#byTenant.set(tenant, uses.add(use));
    this.#size += 1;
    return use;
  }

  end(use: OpenUse): void {
    use.close();
    const uses = this.#byTenant.get(use.tenant);
    if (!uses?.delete(use)) return;
    if (uses.size === 0) this.#byTenant.delete(use.tenant);
    this.#size -= 1;
    if (this.#size > 0) return;
    this.#emptied?.resolve();
    this.#emptied = null;
  }

  /** Whatever the tenant has under way ends with `reason`. */
  endOf(tenant: string, reason: Error): void {
    for (const use of this.#byTenant.get(tenant) ?? []) use.abort(reason);
  }

  endAll(reason: Error): void {
    for (const tenant of this.tenants()) this.endOf(tenant, reason);
  }

  /** Resolves when nothing is under way, or after `ms`. */
  async drain(ms: number): Promise<void> {
    if (this.#size === 0) return;
    this.#emptied ??= Promise.withResolvers();
    const ending = new AbortController();
    // It rejects when it is called off, which is when nothing is left to wait for.
    const late = delay(ms, undefined, { signal: ending.signal }).catch(() => undefined);
    await Promise.race([this.#emptied.promise, late]);
    ending.abort();
  }
}
