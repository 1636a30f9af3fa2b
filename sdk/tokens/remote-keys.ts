import { createLocalJWKSet, errors, type CryptoKey, type JSONWebKeySet } from "jose";
import { FreeholdError } from "../errors/freehold-error.ts";
import { isRecord } from "./strict-json.ts";

export interface KeyHeader {
  alg: string;
  kid: string;
}

/** Public keys of one issuer. */
export interface IssuerKeys {
  /** The key of this header, at once when it has been found before. */
  peek(header: KeyHeader): CryptoKey | undefined;
  /** The key of this header; null when the issuer has none. Throws `unavailable`. */
  find(header: KeyHeader): Promise<CryptoKey | null>;
  /** Goes up when the set has changed: what was verified with the old one has to be verified again. */
  readonly generation: number;
  /** Whether what was verified in that generation still holds. Sees to it that the set stays fresh. */
  vouchesFor(generation: number): boolean;
}

export interface RemoteKeysOptions {
  /** After how many seconds the set is fetched anew, while the known one goes on. */
  freshSeconds: number;
  /** How many seconds after its last fetch a set may still be used while the issuer cannot be reached. */
  outageSeconds: number;
  /** How many seconds have to pass between two fetches, for whatever reason. */
  cooldownSeconds: number;
}

const mostBytes = 65_536;
const mostKeys = 100;
const timeoutMilliseconds = 5_000;
const longestPauseWithoutKeys = 1;

/** A set and the keys that were found in it: finding one is the dearest step beside the signature itself. */
class KeySet {
  readonly #select: ReturnType<typeof createLocalJWKSet>;
  readonly #found = new Map<string, CryptoKey>();

  constructor(jwks: JSONWebKeySet) {
    this.#select = createLocalJWKSet(jwks);
  }

  peek({ alg, kid }: KeyHeader): CryptoKey | undefined {
    return this.#found.get(`${alg} ${kid}`);
  }

  async find({ alg, kid }: KeyHeader): Promise<CryptoKey | null> {
    const key = await findIn(this.#select, { alg, kid });
    if (key) this.#found.set(`${alg} ${kid}`, key);
    return key;
  }
}

/** Keys that are known here and do not change. */
export function localKeys(jwks: JSONWebKeySet): IssuerKeys {
  const set = new KeySet(jwks);
  return {
    generation: 0,
    vouchesFor: () => true,
    peek: (header) => set.peek(header),
    find: (header) => set.find(header),
  };
}

/**
 * Keys that an issuer publishes. One fetch at a time, for all who wait. A key id that is not in the
 * set leads to at most one fetch in each cooldown, however many ids are made up.
 */
export class RemoteKeys implements IssuerKeys {
  readonly #url: URL;
  readonly #options: RemoteKeysOptions;
  #set: KeySet | null = null;
  #text = "";
  #generation = 0;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #failure: unknown = null;
  #fetching: Promise<void> | null = null;

  constructor(url: URL, options: RemoteKeysOptions) {
    this.#url = url;
    this.#options = options;
  }

  get generation(): number {
    return this.#generation;
  }

  vouchesFor(generation: number): boolean {
    this.#keepFresh();
    return generation === this.#generation && this.#isUsable();
  }

  peek(header: KeyHeader): CryptoKey | undefined {
    this.#keepFresh();
    return this.#isUsable() ? this.#set?.peek(header) : undefined;
  }

  async find(header: KeyHeader): Promise<CryptoKey | null> {
    this.#keepFresh();
    if (!this.#isUsable()) await this.#fetch();
    const key = await this.#usable().find(header);
    if (key || this.#isCooling()) return key;
    await this.#fetch();
    return this.#usable().find(header);
  }

  #keepFresh(): void {
    if (seconds() - this.#fetchedAt > this.#options.freshSeconds) void this.#fetch();
  }

  #usable(): KeySet {
    if (this.#set && this.#isUsable()) return this.#set;
    throw new FreeholdError("unavailable", "The keys of the tokens' issuer cannot be fetched.", {
      cause: this.#failure,
    });
  }

  #isCooling(): boolean {
    const { cooldownSeconds } = this.#options;
    const cooldown = this.#isUsable() ? cooldownSeconds : Math.min(cooldownSeconds, longestPauseWithoutKeys);
    return this.#fetching === null && seconds() - this.#triedAt < cooldown;
  }

  #isUsable(): boolean {
    const { freshSeconds, outageSeconds } = this.#options;
    return this.#set !== null && seconds() - this.#fetchedAt <= freshSeconds + outageSeconds;
  }

  /** Never rejects: whoever needs a set asks `#usable`. */
  #fetch(): Promise<void> {
    if (this.#isCooling()) return Promise.resolve();
    this.#triedAt = this.#fetching ? this.#triedAt : seconds();
    this.#fetching ??= this.#load().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #load(): Promise<void> {
    try {
      const text = await fetchText(this.#url);
      const jwks: unknown = JSON.parse(text);
      if (!isKeySet(jwks)) throw new TypeError("The issuer's answer is no set of keys.");
      if (text !== this.#text || !this.#set) {
        this.#set = new KeySet(jwks);
        this.#text = text;
        this.#generation += 1;
      }
      this.#fetchedAt = seconds();
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
    }
  }
}

async function findIn(
  select: ReturnType<typeof createLocalJWKSet>,
  header: { alg: string; kid: string },
): Promise<CryptoKey | null> {
  try {
    return await select(header);
  } catch (error) {
    // Two keys with one id, or a key that is broken or of another kind, verifies nothing.
    if (error instanceof errors.JOSEError || error instanceof TypeError || isDomException(error)) return null;
    throw error;
  }
}

function isDomException(error: unknown): boolean {
  return error instanceof DOMException;
}

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url, {
    redirect: "error",
    headers: { accept: "application/jwk-set+json, application/json" },
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new TypeError(`The issuer answers ${response.status} for its keys.`);
  }
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new TypeError("The issuer's keys are more than 64 KB.");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return (
    isRecord(value) &&
    Array.isArray(value.keys) &&
    value.keys.length <= mostKeys &&
    value.keys.every(isRecord)
  );
}

/** On a clock that no one sets. */
function seconds(): number {
  return performance.now() / 1000;
}
