import type { Mask } from "./mask.ts";

export interface TenantLabelOptions {
  mask: Mask;
  /** How many tenants have a label of their own at once. */
  top?: number;
  /** Told when a tenant loses its label: time to remove its series. */
  onRetired?: (label: string) => void;
}

interface Counter {
  count: number;
  /** How much of the count may be of others that had this place before. */
  error: number;
}

/** What all tenants without a label of their own have. */
export const otherTenants = "other";
const countersPerLabel = 10;
const halvesEvery = 1_000_000;

/**
 * Labels for metrics: the busiest tenants have one each, all others are `other`. It counts with the
 * space-saving sketch: ten counters for each label, whatever comes. A tenant takes the label of
 * another only when it is surely a tenth busier, so that a flood of tenants with one call each moves
 * nothing. Counts are halved every million calls: who was busy once gives way in the end.
 */
export class TenantLabels {
  readonly #mask: Mask;
  readonly #top: number;
  readonly #onRetired: (label: string) => void;
  readonly #labelled = new Map<string, Counter>();
  readonly #others = new Map<string, Counter>();
  #calls = 0;

  constructor({ mask, top = 20, onRetired = () => undefined }: TenantLabelOptions) {
    if (!Number.isSafeInteger(top) || top < 1) throw new RangeError("At least one tenant has a label.");
    this.#mask = mask;
    this.#top = top;
    this.#onRetired = onRetired;
  }

  /** How many tenants are counted: at most ten times those that have a label. */
  get counted(): number {
    return this.#labelled.size + this.#others.size;
  }

  /** Counts a call of a tenant and gives the label that it goes under. */
  of(tenant: string): string {
    const shown = this.#mask(tenant);
    if (shown === null) return otherTenants;
    if ((this.#calls += 1) % halvesEvery === 0) this.#halve();
    const known = this.#labelled.get(tenant);
    if (known) {
      known.count += 1;
      return shown;
    }
    return this.#promote(tenant, this.#count(tenant)) ? shown : otherTenants;
  }

  #count(tenant: string): Counter {
    const counter = this.#others.get(tenant) ?? this.#place();
    this.#others.set(tenant, counter);
    counter.count += 1;
    return counter;
  }

  /** A free counter, or that of the one with the fewest calls. */
  #place(): Counter {
    if (this.counted < this.#top * countersPerLabel) return { count: 0, error: 0 };
    const [tenant, { count }] = fewest(this.#others);
    this.#others.delete(tenant);
    return { count, error: count };
  }

  #promote(tenant: string, counter: Counter): boolean {
    if (this.#labelled.size >= this.#top) {
      const [last, its] = fewest(this.#labelled);
      if (counter.count - counter.error <= its.count * 1.1) return false;
      this.#labelled.delete(last);
      this.#others.set(last, its);
      this.#onRetired(this.#mask(last) ?? otherTenants);
    }
    this.#others.delete(tenant);
    // What others had before does not defend a label.
    this.#labelled.set(tenant, { count: counter.count - counter.error, error: 0 });
    return true;
  }

  #halve(): void {
    for (const counter of [...this.#labelled.values(), ...this.#others.values()]) {
      counter.count /= 2;
      counter.error /= 2;
    }
  }
}

function fewest(counters: Map<string, Counter>): [string, Counter] {
  let found: [string, Counter] = ["", { count: Number.POSITIVE_INFINITY, error: 0 }];
  for (const entry of counters) if (entry[1].count < found[1].count) found = entry;
  return found;
}
