import { checkOptions, count, meaningsOf, oneOf, seconds } from "../check-options.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { OptionsDefinition } from "./define-options.ts";
import { OptionsCache, type Options, type OptionsCacheSettings } from "./options-cache.ts";
import { OptionsReport, type OptionsProblem } from "./options-report.ts";
import type { OptionsSource } from "./options-source.ts";

export interface TenantOptionsSettings {
  source: OptionsSource;
  /** Tenants that are remembered of each set; the longest unused are forgotten. Default 10,000. */
  entries?: number;
  /** What nobody asks for is forgotten after this long; each use starts it anew. Default 600. */
  idleSeconds?: number;
  /** What no feed has news of is confirmed after this long all the same. Default 60. */
  maxAgeSeconds?: number;
  /** How much longer what is known serves on while Freehold cannot be asked. Default 900. */
  outageSeconds?: number;
  /**
   * What a tenant gets of whom nothing is known while Freehold cannot be asked. Default "refuse":
   * the defaults may be what this tenant must not have.
   */
  whenUnknown?: "refuse" | "defaults";
  /** Told of overlays that do not fit and of outages, each once. Default: a warning of the process. */
  report?: (problem: OptionsProblem) => void;
}

const meanings = meaningsOf<TenantOptionsSettings>({
  source: null,
  entries: count,
  idleSeconds: seconds,
  maxAgeSeconds: seconds,
  outageSeconds: seconds,
  whenUnknown: oneOf("refuse", "defaults"),
  report: null,
});

/** One set of options. */
export interface OptionsReader<Value> {
  /**
   * The tenant's options. From memory, unless they may have changed. An overlay that does not fit
   * the schema never rejects: the last one that did is used, or the defaults. Rejects with
   * FreeholdError `unavailable`, `not_found` or `tenant_inactive`.
   */
  for(context: Pick<TenantContext, "tenant">): Promise<Options<Value>>;
  /** The same at once when it is known here and now. */
  peek(context: Pick<TenantContext, "tenant">): Options<Value> | undefined;
}

interface Used {
  definition: unknown;
  cache: Pick<OptionsCache<unknown>, "doubt" | "size">;
  reader: OptionsReader<unknown>;
}

// One reader for each definition: its values are those of the definition.
const asReaderOf = <Value>(reader: OptionsReader<unknown>) => reader as OptionsReader<Value>;

/** The options of tenants: defaults in code, overlays from Freehold. One for each process. */
export class TenantOptions {
  readonly #settings: OptionsCacheSettings;
  readonly #used = new Map<string, Used>();
  readonly #end: () => void;

  constructor(settings: TenantOptionsSettings) {
    checkOptions(settings, meanings);
    const { source, report, entries = 10_000, whenUnknown = "refuse" } = settings;
    const { idleSeconds = 600, maxAgeSeconds = 60, outageSeconds = 900 } = settings;
    if (idleSeconds === 0 || maxAgeSeconds === 0)
      throw new TypeError("Options are kept for more than no time.");
    this.#settings = {
      source,
      report: new OptionsReport(report),
      entries,
      whenUnknown,
      idleMs: idleSeconds * 1000,
      maxAgeMs: maxAgeSeconds * 1000,
      outageMs: outageSeconds * 1000,
    };
    this.#end = source.onChange((tenant) => {
      for (const { cache } of this.#used.values()) cache.doubt(tenant);
    });
  }

  /** The same definition gives the same reader. Throws TypeError for another one of the same name. */
  of<Value>(definition: OptionsDefinition<Value>): OptionsReader<Value> {
    const used = this.#used.get(definition.name);
    if (used?.definition === definition) return asReaderOf<Value>(used.reader);
    if (used) throw new TypeError(`Two definitions are called ${definition.name}. Share one.`);
    const cache = new OptionsCache(definition, this.#settings);
    const reader: OptionsReader<Value> = {
      for: ({ tenant }) => cache.get(tenant),
      peek: ({ tenant }) => cache.peek(tenant),
    };
    this.#used.set(definition.name, { definition, cache, reader });
    return reader;
  }

  /** How many tenants are remembered, over all sets. */
  get size(): number {
    return [...this.#used.values()].reduce((sum, { cache }) => sum + cache.size, 0);
  }

  /** Stops listening for news. */
  close(): void {
    this.#end();
  }
}
