import { setTimeout as delay } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { FreeholdError } from "../errors/freehold-error.ts";
import { Outage } from "./control-plane-client.ts";
import type { Cover } from "./verify-signature.ts";

/** Facts about a tenant. */
export interface Facts {
  tenant: string;
  epoch: number;
}

export type Found<T> =
  | {
      kind: "found";
      value: T;
      etag: string | null;
      digest: string;
      maxAgeSeconds: number;
      cover: Cover | null;
    }
  | { kind: "unchanged"; cover: Cover | null }
  | { kind: "missing" };

type Answered<T> = Exclude<Found<T>, { kind: "missing" }>;

/** What the caller of `ask` has already. */
export type Had<T> = Pick<Known<T>, "value" | "etag" | "digest">;

/** How Freehold is doing, and what it told. */
export interface Situation {
  /** Every change is heard of as it happens. */
  readonly isLive: boolean;
  /** Freehold was asked a moment ago and did not answer. */
  readonly isAway: boolean;
  /** Goes up when changes may have been missed. */
  readonly generation: number;
  /** The newest epoch of the tenant that was told, 0 when none was. */
  heard(tenant: string): number;
}

export interface FactCacheOptions<T extends Facts> {
  most: number;
  situation: Situation;
  /** Throws Outage when nobody answers; soon, when what was had can serve on. */
  ask(key: string, had: (Had<T> & { servesOn: boolean }) | null): Promise<Found<T>>;
  /** Facts that may be kept. Others are asked for each time. */
  isKept(value: T): boolean;
  /** At most so long facts outlive an outage, whatever their signature says. */
  outageSeconds: number;
}

interface Known<T> {
  readonly value: T;
  readonly etag: string | null;
  readonly digest: string;
  readonly maxAgeSeconds: number;
  generation: number;
  /** A newer epoch was told, or a database contradicted: good for nothing but its ETag. */
  isDoubtful: boolean;
  /** By the clock that only goes forward, in milliseconds, as is `coveredUntil`. */
  checkedAt: number;
  coveredUntil: number;
  /** By the clock on the wall. A signature ends by whichever comes first. */
  expiresAt: number;
}

/** Without the change feed, facts are asked for again after this. */
const recheckMs = 500;
const missingMs = 5_000;
const mostMissing = 20_000;
/** An instance of Freehold may be behind the one that told of a change. */
const patienceMs = [20, 50, 100, 200, 400, 800];

/**
 * Facts of tenants by key, each asked for by one at a time. A key is the tenant's id, or any other
 * name for the tenant.
 */
export class FactCache<T extends Facts> {
  readonly #options: FactCacheOptions<T>;
  readonly #known: LRUCache<string, Known<T>>;
  readonly #missing = new LRUCache<string, true>({ max: mostMissing, ttl: missingMs });
  readonly #asking = new Map<string, Promise<T | null>>();
  /** The keys of a tenant that are not its id. */
  readonly #names = new Map<string, Set<string>>();

  constructor(options: FactCacheOptions<T>) {
    this.#options = options;
    this.#known = new LRUCache({
      max: options.most,
      dispose: (known, key) => this.#unname(known.value.tenant, key),
    });
  }

  get size(): number {
    return this.#known.size;
  }

  /** Undefined: it has to be asked for. Null: there is no such tenant. */
  peek(key: string): T | null | undefined {
    const known = this.#known.get(key);
    if (known) return this.#isUsable(known) ? known.value : undefined;
    return this.#missing.has(key) ? null : undefined;
  }

  find(key: string): Promise<T | null> {
    const there = this.peek(key);
    if (there !== undefined) return Promise.resolve(there);
    const underWay = this.#asking.get(key);
    if (underWay) return underWay;
    const asking = this.#ask(key).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  /** A change was told: what is older is not used again. */
  note(tenant: string, epoch: number): void {
    this.#missing.delete(tenant);
    for (const key of [tenant, ...(this.#names.get(tenant) ?? [])]) {
      const known = this.#known.peek(key);
      if (known && known.value.epoch < epoch) known.isDoubtful = true;
    }
  }

  /** What is known of the key is not used again before it is asked for. */
  doubt(key: string): void {
    const known = this.#known.peek(key);
    if (known) known.isDoubtful = true;
  }

  clear(): void {
    this.#known.clear();
    this.#missing.clear();
  }

  #isUsable(known: Known<T>): boolean {
    if (known.isDoubtful) return false;
    const { isLive, isAway, generation } = this.#options.situation;
    const now = performance.now();
    const freshMs = isLive ? known.maxAgeSeconds * 1000 : recheckMs;
    const isFresh = known.generation === generation && now < known.checkedAt + freshMs;
    if (isFresh && this.#options.isKept(known.value)) return true;
    return isAway && this.#isCovered(known, now);
  }

  #isCovered(known: Known<T>, now: number): boolean {
    return !known.isDoubtful && now < known.coveredUntil && Date.now() < known.expiresAt;
  }

  async #ask(key: string): Promise<T | null> {
    try {
      for (const patience of [...patienceMs, null]) {
        const { generation } = this.#options.situation;
        const had = this.#known.peek(key) ?? null;
        const servesOn = had !== null && this.#isCovered(had, performance.now());
        const found = await this.#options.ask(key, had && { ...had, servesOn });
        if (found.kind === "missing") return this.#miss(key);
        const known = this.#knownFrom(found, had, generation);
        if (!this.#isBehind(known, had)) return this.#keep(key, known);
        if (patience !== null) await delay(patience);
      }
      throw new FreeholdError("unavailable", "Freehold answers with facts that are older than it told.");
    } catch (error) {
      return this.#serveOn(key, error);
    }
  }

  #isBehind({ value, generation }: Known<T>, had: Known<T> | null): boolean {
    if (value.epoch < this.#options.situation.heard(value.tenant)) return true;
    return had !== null && had.generation === generation && value.epoch < had.value.epoch;
  }

  #miss(key: string): null {
    this.#known.delete(key);
    this.#missing.set(key, true);
    return null;
  }

  #keep(key: string, known: Known<T>): T {
    this.#missing.delete(key);
    this.#known.set(key, known);
    const { tenant } = known.value;
    if (key !== tenant) this.#names.set(tenant, (this.#names.get(tenant) ?? new Set()).add(key));
    return known.value;
  }

  #unname(tenant: string, key: string): void {
    const names = this.#names.get(tenant);
    if (names?.delete(key) && names.size === 0) this.#names.delete(tenant);
  }

  #knownFrom(found: Answered<T>, had: Known<T> | null, generation: number): Known<T> {
    const facts = found.kind === "found" ? found : had;
    if (!facts)
      throw new FreeholdError("unavailable", "Freehold says that nothing changed, and nothing was known.");
    const { value, etag, digest, maxAgeSeconds } = facts;
    const checkedAt = performance.now();
    const known = { value, etag, digest, maxAgeSeconds, generation, isDoubtful: false, checkedAt };
    // Facts that are confirmed without a signature end when their last one does.
    if (found.kind === "unchanged" && had && !found.cover)
      return { ...known, coveredUntil: had.coveredUntil, expiresAt: had.expiresAt };
    const { seconds, expiresAt } = found.cover ?? { seconds: 0, expiresAt: 0 };
    const coveredSeconds = Math.min(seconds, this.#options.outageSeconds);
    return { ...known, coveredUntil: checkedAt + coveredSeconds * 1000, expiresAt: expiresAt * 1000 };
  }

  /** An answer ends what was known; no answer does not, as long as it is covered. */
  #serveOn(key: string, error: unknown): T {
    const known = this.#known.peek(key);
    if (!(error instanceof Outage)) this.#known.delete(key);
    else if (known && this.#isCovered(known, performance.now())) return known.value;
    throw error;
  }
}
