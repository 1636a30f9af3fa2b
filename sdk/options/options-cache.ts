import { LRUCache } from "lru-cache";
import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import type { OptionsDefinition, OptionsMistake } from "./define-options.ts";
import type { OptionsReport } from "./options-report.ts";
import type { OptionsSource, Overlay } from "./options-source.ts";

/** The options of a tenant: frozen, and the same object until they change. */
export interface Options<Value> {
  readonly value: Value;
  /** Which version of the overlay is in `value`; 0 where there is none in it. */
  readonly version: number;
  /** `last_valid`: the newest overlay does not fit the schema, and this is the one before. */
  readonly from: "overlay" | "last_valid" | "defaults";
}

export interface OptionsCacheSettings {
  source: OptionsSource;
  report: OptionsReport;
  entries: number;
  idleMs: number;
  maxAgeMs: number;
  outageMs: number;
  whenUnknown: "refuse" | "defaults";
}

interface Entry<Value> {
  known: Options<Value> | null;
  etag: string | null;
  confirmedAt: number;
  /** True when there is news of the tenant that has not been asked about. */
  isDoubted: boolean;
  /** Goes up with each question and with news: an answer to an older one is not kept. */
  turn: number;
  asking: Promise<Options<Value>> | null;
  failure: { error: unknown; until: number } | null;
  /** The version whose mistakes were told. */
  told: number;
}

/** How long nobody is asked again after a failure. */
const pauseMs = 1000;

/** One set of options of many tenants. */
export class OptionsCache<Value> {
  readonly #definition: OptionsDefinition<Value>;
  readonly #settings: OptionsCacheSettings;
  readonly #entries: LRUCache<string, Entry<Value>>;
  readonly #defaults: Options<Value>;

  constructor(definition: OptionsDefinition<Value>, settings: OptionsCacheSettings) {
    this.#definition = definition;
    this.#settings = settings;
    this.#defaults = Object.freeze({ value: definition.defaultValue, version: 0, from: "defaults" });
    this.#entries = new LRUCache({
      max: settings.entries,
      ttl: settings.idleMs,
      updateAgeOnGet: true,
      ttlResolution: 0,
      perf: { now: () => performance.now() },
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What is known and may be used at once. */
  peek(tenant: string): Options<Value> | undefined {
    const entry = this.#entries.get(tenant);
    if (!entry?.known || entry.isDoubted) return undefined;
    const age = performance.now() - entry.confirmedAt;
    if (age >= this.#settings.maxAgeMs) return undefined;
    // Whoever is used all the time is confirmed before somebody has to wait for it.
    if (age >= this.#settings.maxAgeMs / 2) this.#askAhead(tenant, entry);
    return entry.known;
  }

  get(tenant: string): Promise<Options<Value>> {
    const known = this.peek(tenant);
    if (known) return Promise.resolve(known);
    const entry = this.#entries.get(tenant) ?? this.#add(tenant);
    return entry.asking ?? this.#ask(tenant, entry);
  }

  /** Has it asked about again; null: every tenant. */
  doubt(tenant: string | null): void {
    const doubted = tenant === null ? [...this.#entries.values()] : [this.#entries.peek(tenant)];
    for (const entry of doubted) {
      if (!entry) continue;
      Object.assign(entry, { isDoubted: true, turn: entry.turn + 1, asking: null, failure: null });
    }
  }

  #add(tenant: string): Entry<Value> {
    const entry: Entry<Value> = {
      known: null,
      etag: null,
      confirmedAt: 0,
      isDoubted: false,
      turn: 0,
      asking: null,
      failure: null,
      told: 0,
    };
    this.#entries.set(tenant, entry);
    return entry;
  }

  #askAhead(tenant: string, entry: Entry<Value>): void {
    const isPaused = entry.failure !== null && performance.now() < entry.failure.until;
    // An outage is told by the report; a refusal is what whoever asks next hears.
    if (entry.asking === null && !isPaused) this.#ask(tenant, entry).catch(() => undefined);
  }

  #ask(tenant: string, entry: Entry<Value>): Promise<Options<Value>> {
    const turn = ++entry.turn;
    const asking = this.#answer(tenant, entry, turn).finally(() => {
      if (entry.asking === asking) entry.asking = null;
    });
    entry.asking = asking;
    return asking;
  }

  async #answer(tenant: string, entry: Entry<Value>, turn: number): Promise<Options<Value>> {
    const { failure } = entry;
    if (failure && performance.now() < failure.until) return this.#withoutAnswer(entry, failure.error);
    const askedAt = performance.now();
    try {
      const overlay = await this.#settings.source.load(tenant, this.#definition.name, entry.etag);
      this.#settings.report.answered();
      const known = overlay === "unchanged" ? requireKnown(entry) : this.#read(tenant, entry, overlay);
      if (entry.turn !== turn) return known;
      const etag = overlay === "unchanged" ? entry.etag : overlay.etag;
      Object.assign(entry, { known, etag, confirmedAt: askedAt, isDoubted: false, failure: null });
      return known;
    } catch (error) {
      if (isRefusal(error)) {
        if (this.#entries.peek(tenant) === entry) this.#entries.delete(tenant);
        throw error;
      }
      if (entry.turn === turn) entry.failure = { error, until: performance.now() + pauseMs };
      this.#settings.report.unavailable(this.#definition.name, error);
      return this.#withoutAnswer(entry, error);
    }
  }

  /** What is known serves on for its time; then, and for whom nothing is known, it is as the service chose. */
  #withoutAnswer(entry: Entry<Value>, error: unknown): Options<Value> {
    const { maxAgeMs, outageMs, whenUnknown } = this.#settings;
    if (entry.known && performance.now() - entry.confirmedAt < maxAgeMs + outageMs) return entry.known;
    if (whenUnknown === "defaults") return this.#defaults;
    throw error;
  }

  #read(tenant: string, entry: Entry<Value>, overlay: Overlay): Options<Value> {
    if (overlay.version === 0) return this.#defaults;
    const { version } = overlay;
    const read = this.#validated(overlay);
    if ("value" in read) return Object.freeze({ value: read.value, version, from: "overlay" });
    const { known } = entry;
    const instead: Options<Value> =
      known === null || known.from === "defaults"
        ? this.#defaults
        : Object.freeze({ value: known.value, version: known.version, from: "last_valid" });
    if (entry.told === version) return instead;
    entry.told = version;
    this.#settings.report.invalid({
      name: this.#definition.name,
      tenant,
      version,
      mistakes: read.mistakes,
      instead: instead === this.#defaults ? "defaults" : "last_valid",
    });
    return instead;
  }

  #validated({ value }: Overlay): { value: Value } | { mistakes: readonly OptionsMistake[] } {
    try {
      return this.#definition.read(value);
    } catch (error) {
      return { mistakes: [{ path: "", message: `The schema fails: ${String(error)}` }] };
    }
  }
}

function requireKnown<Value>({ known }: Entry<Value>): Options<Value> {
  if (known) return known;
  throw new FreeholdError("unavailable", "Options were confirmed that were never asked for.");
}

/** Freehold has answered, and there is nothing to wait for. */
const isRefusal = (error: unknown): boolean => isFreeholdError(error) && error.code !== "unavailable";
