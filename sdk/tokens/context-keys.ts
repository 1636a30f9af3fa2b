import { importJWK, type CryptoKey } from "jose";
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

/**
 * The keys that are known here. They are asked for again every 5 s while they are in use, so that
 * a revoked service is out within 15 s, and at once for a key that is not known, at most once a
 * second. While they cannot be had, what is known serves for `outageSeconds` and no longer.
 */
export class ContextKeys {
  readonly #list: ListKeys;
  readonly #now: () => number;
  readonly #outageMs: number;
  #known = new Map<string, { listed: ContextKey; imported: Promise<CryptoKey> | null }>();
  #listedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #listing: Promise<void> | null = null;

  constructor(list: ListKeys, { now, outageSeconds }: { now: () => number; outageSeconds: number }) {
    this.#list = list;
    this.#now = now;
    this.#outageMs = outageSeconds * 1_000;
  }

  /** Null: no such key, or one that has ended. Throws `unavailable` when that cannot be said. */
  async find(kid: string): Promise<KnownKey | null> {
    await this.#refresh(kid);
    const found = this.#known.get(kid);
    if (!found || found.listed.expiresAt.getTime() <= this.#now()) return null;
    found.imported ??= importEd25519(found.listed.jwk);
    return { service: found.listed.service, key: await found.imported };
  }

  async #refresh(kid: string): Promise<void> {
    const age = this.#now() - this.#listedAt;
    const isKnown = this.#known.has(kid);
    if (age < freshMs && isKnown) return;
    if (this.#listing === null && this.#now() - this.#triedAt < cooldownMs) {
      this.#requireUsable();
      return;
    }
    const listing = this.#listOnce();
    // Known and not old: it serves while the next ones are on their way.
    if (age < agedMs && isKnown) void listing.catch(() => undefined);
    else await listing.catch(() => this.#requireUsable());
  }

  #requireUsable(): void {
    if (this.#now() - this.#listedAt <= this.#outageMs) return;
    throw new FreeholdError("unavailable", "The keys that contexts are verified with cannot be had.");
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

async function importEd25519({ kty, crv, x }: PublicJwk): Promise<CryptoKey> {
  const key = await importJWK({ kty, crv, x }, "EdDSA");
  if (key instanceof Uint8Array) throw new Error("A context's key is an Ed25519 key.");
  return key;
}
