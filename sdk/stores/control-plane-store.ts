import { LRUCache } from "lru-cache";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantReference } from "../resolution/hint.ts";
import { digestOf } from "../tokens/body-digest.ts";
import { ChangeFeed, type FeedState } from "./change-feed.ts";
import { ControlPlaneClient, Outage, type ControlPlaneOptions } from "./control-plane-client.ts";
import { FactCache, type Facts, type Found, type Had, type Situation } from "./fact-cache.ts";
import { Queue } from "./queue.ts";
import { readConnection, readEntry, type Aged, type Changes } from "./read-answer.ts";
import type { ConnectionStore, TenantConnection, TenantEntry, TenantStore } from "./tenant-store.ts";
import { SignatureVerifier } from "./verify-signature.ts";

export interface ControlPlaneStoreOptions extends ControlPlaneOptions {
  /** How many tenants are known at once; the longest unused are forgotten. Default 10,000, about 0.7 KB each. */
  tenants?: number;
  /** How many connections are known at once. Default 2,000, about 2 KB each. */
  connections?: number;
  /**
   * How long a tenant is served on at most while Freehold cannot be asked. What Freehold signed ends
   * it earlier; nothing makes it longer. Default: as Freehold signed.
   */
  outageSeconds?: number;
  /** Who signs the answers: the base URL that Freehold itself is set to. Default: `url`. */
  issuer?: string;
}

/** How the store is doing, for metrics and health checks. */
export interface StoreFigures {
  tenants: number;
  connections: number;
  /** Answers from memory, and requests to Freehold. */
  hits: number;
  asked: number;
  feed: FeedState;
}

const tenantShape = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const hostShape = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const hostPrefix = "host ";
const mostAtOnce = 32;
const mostWaiting = 20_000;
const mostHeard = 10_000;
/** The first service that asks for a tenant may have to wait for a new credential. */
const makingMs = 12_000;
/** After no answer, nobody else waits for one for so long. */
const awayMs = 1_000;

interface Question<T> {
  path: string;
  read(body: string): Aged<T>;
  /** How much longer than usual the answer may take, when nothing that is known can serve meanwhile. */
  waitMs?: number;
}

type Known<T> = Had<T> & { servesOn: boolean };

/** Freehold as a store of tenants and of their connections. Listens for changes from its first use until it is closed. */
export class ControlPlaneStore implements TenantStore, ConnectionStore, Situation {
  readonly #client: ControlPlaneClient;
  readonly #verifier: SignatureVerifier;
  readonly #feed: ChangeFeed;
  readonly #entries: FactCache<TenantEntry>;
  readonly #connections: FactCache<TenantConnection>;
  readonly #queue = new Queue({ atOnce: mostAtOnce, waiting: mostWaiting });
  readonly #subscribers = new Set<(tenant: string | null) => void>();
  /** What was told while an answer was under way: an older one is not kept. */
  readonly #heard = new LRUCache<string, number>({ max: mostHeard });
  #state: FeedState = "unsure";
  #generation = 0;
  #awayUntil = 0;
  #hits = 0;
  #asked = 0;

  constructor(options: ControlPlaneStoreOptions) {
    const { tenants = 10_000, connections = 2_000, outageSeconds = Infinity } = options;
    this.#client = new ControlPlaneClient(options);
    const { url } = this.#client;
    this.#verifier = new SignatureVerifier({ url, issuer: options.issuer?.replace(/\/+$/, "") ?? url });
    this.#feed = new ChangeFeed(this.#client, {
      changed: (changes) => this.#hear(changes),
      reset: () => this.#reset(),
      state: (state) => (this.#state = state),
    });
    this.#entries = new FactCache<TenantEntry>({
      most: tenants,
      situation: this,
      outageSeconds,
      ask: (key, had) => this.#ask({ path: addressOf(key), read: readEntry }, had),
      isKept: ({ status }) => status === "active",
    });
    this.#connections = new FactCache<TenantConnection>({
      most: connections,
      situation: this,
      outageSeconds,
      ask: (tenant, had) =>
        this.#ask(
          { path: `/internal/tenants/${tenant}/db-info`, read: readConnection, waitMs: makingMs },
          had,
        ),
      isKept: ({ credential }) => credential.expiresAt === null || credential.expiresAt > new Date(),
    });
  }

  peek(reference: TenantReference): TenantEntry | null | undefined {
    const key = keyOf(reference);
    const found = key === null ? null : this.#entries.peek(key);
    if (found !== undefined) this.#hits += 1;
    return found;
  }

  async find(reference: TenantReference): Promise<TenantEntry | null> {
    this.#feed.start();
    const known = this.peek(reference);
    const key = keyOf(reference);
    return known !== undefined || key === null ? (known ?? null) : this.#entries.find(key);
  }

  async connection(tenant: string): Promise<TenantConnection> {
    this.#feed.start();
    const found = tenantShape.test(tenant) ? await this.#connections.find(tenant) : null;
    if (!found) throw new FreeholdError("not_found", "There is no such tenant.");
    return found;
  }

  peekConnection(tenant: string): TenantConnection | null | undefined {
    return this.#connections.peek(tenant);
  }

  doubt(tenant: string): void {
    this.#connections.doubt(tenant);
  }

  onChange(changed: (tenant: string | null) => void): () => void {
    this.#subscribers.add(changed);
    return () => void this.#subscribers.delete(changed);
  }

  async close(): Promise<void> {
    await this.#feed.close();
    this.#subscribers.clear();
  }

  figures(): StoreFigures {
    return {
      tenants: this.#entries.size,
      connections: this.#connections.size,
      hits: this.#hits,
      asked: this.#asked,
      feed: this.#state,
    };
  }

  get isLive(): boolean {
    return this.#state === "live";
  }

  get isAway(): boolean {
    return this.#state === "away" || performance.now() < this.#awayUntil;
  }

  get generation(): number {
    return this.#generation;
  }

  heard(tenant: string): number {
    return this.#heard.get(tenant) ?? 0;
  }

  async #ask<T extends Facts>(question: Question<T>, had: Known<T> | null): Promise<Found<T>> {
    return this.#queue.run(had !== null, async () => {
      if (performance.now() < this.#awayUntil) throw new Outage("Freehold cannot be reached.");
      this.#asked += 1;
      try {
        const found = await this.#fetch(question, had);
        this.#awayUntil = 0;
        return found;
      } catch (error) {
        // While the feed is live, it is this answer that is slow and not Freehold.
        if (error instanceof Outage && !this.isLive) this.#awayUntil = performance.now() + awayMs;
        if (error instanceof FreeholdError && error.code === "not_found") return { kind: "missing" };
        throw error;
      }
    });
  }

  async #fetch<T extends Facts>(
    { path, read, waitMs = 0 }: Question<T>,
    had: Known<T> | null,
  ): Promise<Found<T>> {
    const patience = { waitMs: had?.servesOn ? 0 : waitMs };
    const answer = await this.#client.request(path, { etag: had?.etag ?? null, ...patience });
    if (answer.isUnchanged && had) {
      const { tenant } = had.value;
      const cover = await this.#verifier.verify(answer.signature, { tenant, digest: had.digest });
      return { kind: "unchanged", cover };
    }
    const { value, maxAgeSeconds } = readOrRefuse(read, answer.body);
    const digest = digestOf(answer.body);
    const cover = await this.#verifier.verify(answer.signature, { tenant: value.tenant, digest });
    return { kind: "found", value, etag: answer.etag, digest, maxAgeSeconds, cover };
  }

  #hear(changes: Changes["changes"]): void {
    for (const { tenant, epoch } of changes) {
      this.#heard.set(tenant, Math.max(epoch, this.heard(tenant)));
      this.#entries.note(tenant, epoch);
      this.#connections.note(tenant, epoch);
    }
    for (const { tenant } of changes) this.#tell(tenant);
  }

  /** A registry that was put back from a backup counts anew, too. */
  #reset(): void {
    this.#generation += 1;
    this.#heard.clear();
    this.#tell(null);
  }

  #tell(tenant: string | null): void {
    for (const changed of this.#subscribers) changed(tenant);
  }
}

function readOrRefuse<T>(read: (body: string) => Aged<T>, body: string): Aged<T> {
  try {
    return read(body);
  } catch (cause) {
    // Whoever answers so at this address is not Freehold.
    throw new Outage("Freehold's answer cannot be read.", cause);
  }
}

/** Null: nothing that Freehold could know, and nothing that would be an address of another answer. */
function keyOf({ by, value }: TenantReference): string | null {
  if (by === "id") return tenantShape.test(value) ? value : null;
  return by === "host" && hostShape.test(value) ? hostPrefix + value : null;
}

const addressOf = (key: string): string =>
  key.startsWith(hostPrefix)
    ? `/internal/hosts/${encodeURIComponent(key.slice(hostPrefix.length))}`
    : `/internal/tenants/${key}`;
