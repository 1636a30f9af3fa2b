import { setTimeout as delay } from "node:timers/promises";
import { importJWK, type CryptoKey } from "jose";
import { LRUCache } from "lru-cache";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { PublicJwk } from "./signing-key.ts";

/** A key that contexts are verified with, see `GET /internal/context-keys`. */
export interface ContextKey {
  kid: string;
  /** The name of the service that signs with it. */
  service: string;
  jwk: PublicJwk;
  expiresAt: Date;
}

/** All keys at this moment. Throws when they cannot be had. */
export type ListKeys = () => Promise<readonly ContextKey[]>;

export interface KnownKey {
  service: string;
  key: CryptoKey;
}

const freshMs = 5_000;
const agedMs = 15_000;
const cooldownMs = 1_000;
const mostMissing = 1_000;

/**
 * The keys that are known here. They are asked for again every 5 s while they are in use, so that
 * a revoked service is out within 15 s, and for a key that is not known, at most once a second: what
 * shows such a key waits for that. While they cannot be had, what is known serves for `outageSeconds` and no longer.
 */
export class ContextKeys {
  readonly #list: ListKeys;
  readonly #now: () => number;
  readonly #outageMs: number;
  #known = new Map<string, { listed: ContextKey; imported: Promise<CryptoKey> | null }>();
  #listedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #listing: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  /** Keys that are not there, and when that was found. */
  readonly #missing = new LRUCache<string, number>({ max: mostMissing });

  constructor(list: ListKeys, { now, outageSeconds }: { now: () => number; outageSeconds: number }) {
    this.#list = list;
    this.#now = now;
    this.#outageMs = outageSeconds * 1_000;
  }

  /** Null: no such key, or one that has ended. Throws `unavailable` when that cannot be said. */
  async find(kid: string): Promise<KnownKey | null> {
    if (this.#known.has(kid)) await this.#refresh();
    else await this.#learn(kid);
    const found = this.#known.get(kid);
    if (!found || found.listed.expiresAt.getTime() <= this.#now()) return null;
    found.imported ??= importEd25519(found.listed.jwk);
    return { service: found.listed.service, key: await found.imported };
  }

  async #refresh(): Promise<void> {
    const age = this.#now() - this.#listedAt;
    if (age < freshMs) return;
    if (this.#listing === null && this.#now() - this.#triedAt < cooldownMs) return this.#requireUsable();
    const listing = this.#listOnce();
    // Not old: it serves while the next ones are on their way, and when they do not come.
    if (age < agedMs) void listing.catch(() => undefined);
    else await listing.catch((error: unknown) => this.#requireUsable(error));
  }

  /** Who signs has registered the key before: a listing that begins now has it, one that is under way may not. */
  async #learn(kid: string): Promise<void> {
    if (this.#now() - (this.#missing.get(kid) ?? Number.NEGATIVE_INFINITY) < cooldownMs) return;
    // How it ended concerns those who asked for it: this caller asks anew.
    await this.#listing?.catch(() => undefined);
    if (this.#known.has(kid)) return;
    this.#next ??= this.#listAfterCooldown();
    await this.#next.catch(unknowable);
    if (!this.#known.has(kid)) this.#missing.set(kid, this.#now());
  }

  async #listAfterCooldown(): Promise<void> {
    // However it ended, the next one follows.
    await this.#listing?.catch(() => undefined);
    const pauseMs = this.#triedAt + cooldownMs - this.#now();
    if (pauseMs > 0) await delay(pauseMs);
    this.#next = null;
    await this.#listOnce();
  }

  #requireUsable(cause?: unknown): void {
    if (this.#now() - this.#listedAt <= this.#outageMs) return;
    unknowable(cause);
  }

  #listOnce(): Promise<void> {
    this.#triedAt = this.#now();
    this.#listing ??= this.#take().finally(() => (this.#listing = null));
    return this.#listing;
  }

  async #take(): Promise<void> {
    const askedAt = this.#now();
    const listed = await this.#list();
    const before = this.#known;
    this.#known = new Map(
      listed.map((key) => {
        const same = before.get(key.kid);
        const imported = same?.listed.jwk.x === key.jwk.x ? same.imported : null;
        return [key.kid, { listed: key, imported }];
      }),
    );
    this.#listedAt = askedAt;
  }
}

function unknowable(cause?: unknown): never {
  throw new FreeholdError("unavailable", "The keys that contexts are verified with cannot be had.", {
    cause,
  });
}

async function importEd25519({ kty, crv, x }: PublicJwk): Promise<CryptoKey> {
  const key = await importJWK({ kty, crv, x }, "EdDSA");
  if (key instanceof Uint8Array) throw new Error("A context's key is an Ed25519 key.");
  return key;
}
