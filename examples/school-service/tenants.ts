import { setTimeout as delay } from "node:timers/promises";
import { Catalog, type Home } from "./catalog";
import { Databases, type Database } from "./database";
import { failureOf } from "./failures";
import { Refusal } from "./refusal";

interface Known {
  database: Database;
  etag: string;
  epoch: number;
  maxAgeSeconds: number;
  freshUntil: number;
}

const awaySeconds = 5;
const pauseMs = 1_000;

/**
 * The tenants' databases. Freehold says where each is; the answer is kept for as long as it allows,
 * until it tells of a change, or until the database refuses us.
 */
export class Tenants {
  readonly #catalog: Catalog;
  readonly #databases = new Databases();
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Known>>();
  /** The newest change of a tenant that was heard of: an older answer is kept for no moment. */
  readonly #epochs = new Map<string, number>();
  readonly #ending = new AbortController();
  #following: Promise<void> | null = null;

  constructor(freehold: { url: string; serviceKey: string }) {
    this.#catalog = new Catalog(freehold);
  }

  /** The tenant's database, as `query` and `batch`. Asks nothing until it is used. */
  of(tenant: string): Database {
    return {
      query: (sql, params) => this.#use(tenant, (database) => database.query(sql, params)),
      batch: (statements) => this.#use(tenant, (database) => database.batch(statements)),
    };
  }

  /** Hears of changes from now on, so that they do not wait until answers grow old. */
  follow(): void {
    this.#following ??= this.#follow();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#following;
  }

  async #use<T>(tenant: string, work: (database: Database) => Promise<T>): Promise<T> {
    const known = await this.#find(tenant);
    try {
      return await work(known.database);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === "full") throw new Refusal(507, "The tenant's storage is full.", { cause: error });
      if (failure !== "refused" && failure !== "ended") throw error;
      known.freshUntil = 0;
      const found = await this.#find(tenant);
      if (failure === "refused" && found.database !== known.database) return work(found.database);
      throw new Refusal(503, "The tenant's database is not available. Try again in a moment.", {
        cause: error,
      });
    }
  }

  #find(tenant: string): Promise<Known> {
    const known = this.#known.get(tenant);
    if (known && known.freshUntil > Date.now()) return Promise.resolve(known);
    const underWay = this.#asking.get(tenant);
    if (underWay) return underWay;
    const asking = this.#ask(tenant, known).finally(() => this.#asking.delete(tenant));
    this.#asking.set(tenant, asking);
    return asking;
  }

  async #ask(tenant: string, known: Known | undefined): Promise<Known> {
    try {
      const answer = await this.#catalog.find(tenant, known?.etag ?? null);
      if (answer) return this.#keep(tenant, answer);
      if (!known) throw new Error("Freehold answered that nothing changed, and nothing was known.");
      return this.#renew(tenant, known, known.maxAgeSeconds);
    } catch (error) {
      if (error instanceof Refusal) this.#known.delete(tenant);
      // While Freehold is away the database decides: it refuses whom it must.
      if (error instanceof Refusal || !known) throw error;
      return this.#renew(tenant, known, awaySeconds);
    }
  }

  #keep(tenant: string, { home, etag }: { home: Home; etag: string }): Known {
    const { epoch, max_age_seconds: maxAgeSeconds } = home;
    const found = { database: this.#databases.open(home), etag, epoch, maxAgeSeconds, freshUntil: 0 };
    this.#known.set(tenant, found);
    return this.#renew(tenant, found, maxAgeSeconds);
  }

  #renew(tenant: string, known: Known, seconds: number): Known {
    const isOld = known.epoch < (this.#epochs.get(tenant) ?? 0);
    known.freshUntil = isOld ? 0 : Date.now() + seconds * 1000;
    return known;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#ending;
    for (let since: number | null = null; !signal.aborted;) {
      try {
        const { changes, next, reset } = await this.#catalog.changes(since, signal);
        if (reset) this.#forgetAll();
        for (const { tenant, epoch } of changes) this.#note(tenant, epoch);
        since = next;
      } catch {
        // Answers grow old by themselves meanwhile.
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #forgetAll(): void {
    for (const known of this.#known.values()) known.freshUntil = 0;
  }

  #note(tenant: string, epoch: number): void {
    this.#epochs.set(tenant, epoch);
    const known = this.#known.get(tenant);
    if (known && known.epoch < epoch) known.freshUntil = 0;
  }
}
