import type { TenantEntry } from "../stores/tenant-store.ts";
import { deciderOf, entryOf, isSame, type Acceptance, type Found, type Refusal } from "./decide.ts";
import type { ExplainedHint, Explanation, Verdict } from "./explanation.ts";
import type { TenantReference } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import type { Reading } from "./read-hints.ts";

const longestSeen = 120;

interface Case {
  policy: ResolutionPolicy;
  readings: readonly Reading[];
  /** Parallel to the readings; null when nothing was looked up. */
  found: Found | null;
}

/** Says of every hint what became of it. Pure: the same case gives the same explanation. */
export function explain(of: Case, decision: Acceptance | Refusal): Explanation {
  const decider = deciderOf(of.readings, of.policy);
  const at = decider ? of.readings.indexOf(decider) : -1;
  const entry = decider && entryOf(decider.reference, of.found?.[at]);
  const hints = of.readings.map((reading, index): ExplainedHint => {
    const [verdict, reason] = judge(reading, {
      decider,
      entry,
      found: of.found?.[index],
      isLookedUp: of.found !== null,
    });
    const { source, label, raw, trusted, because } = reading.hint;
    const tenant = tenantOf(reading.reference, of.found?.[index]);
    return { source, label, saw: raw.map(seen), trusted, because, verdict, tenant, reason };
  });
  return { policy: of.policy.name, hints, outcome: outcomeOf(decision) };
}

/** The same, told when somebody asks: for most requests nobody does, and telling costs more than deciding. */
export class LateExplanation implements Explanation {
  readonly #of: Case;
  readonly #decision: Acceptance;
  #told: Explanation | null = null;

  constructor(of: Case, decision: Acceptance) {
    this.#of = of;
    this.#decision = decision;
  }

  get policy(): string {
    return this.#of.policy.name;
  }

  get hints(): Explanation["hints"] {
    return this.toJSON().hints;
  }

  get outcome(): Explanation["outcome"] {
    return outcomeOf(this.#decision);
  }

  toJSON(): Explanation {
    return (this.#told ??= explain(this.#of, this.#decision));
  }
}

function outcomeOf(decision: Acceptance | Refusal): Explanation["outcome"] {
  if ("refused" in decision) return { refused: decision.refused, message: decision.message };
  const { entry, decider, authenticated } = decision;
  return { tenant: entry.tenant, decidedBy: decider.hint.source, authenticated };
}

interface Against {
  decider: Reading | null;
  entry: TenantEntry | null;
  found: TenantEntry | null | undefined;
  isLookedUp: boolean;
}

function judge(reading: Reading, against: Against): [Verdict, string] {
  if (reading.ignored !== null) return ["ignored", reading.ignored];
  if (reading.malformed !== null || !reading.reference)
    return ["malformed", reading.malformed ?? "It cannot be read."];
  if (!against.decider)
    return ["untrusted", "Its sender is not proven, and the policy lets it decide nothing alone."];
  return reading === against.decider ? judgeDecider(reading, against) : judgeOther(reading, against);
}

function judgeDecider({ hint }: Reading, { entry, isLookedUp }: Against): [Verdict, string] {
  if (isLookedUp && !entry)
    return ["unknown", `No tenant has this ${hint.names === "host" ? "host" : "id or name"}.`];
  if (entry && entry.status !== "active")
    return ["inactive", `The tenant is ${entry.status}: it serves nobody at the moment.`];
  if (hint.trusted) return ["decides", "It is the first trusted source in the order."];
  return [
    "decides",
    "Nothing trusted names a tenant, and the policy lets this source name one, unauthenticated.",
  ];
}

function judgeOther(reading: Reading, against: Against): [Verdict, string] {
  const { reference } = reading;
  const first = against.decider?.reference;
  if (!reference || !first) return ["ignored", "It was not compared."];
  if (!against.entry) {
    if (reference.by === first.by && reference.value === first.value)
      return ["agrees", "It says the same as the source that decides."];
    if (reference.by === "id" && first.by === "id")
      return ["contradicts", "It names another tenant than the source that decides."];
    return ["ignored", "The request is refused before this is looked up."];
  }
  if (isSame(reference, against.entry, against.found))
    return ["agrees", "It names the tenant that the deciding source names."];
  if (reference.by !== "id" && !against.found)
    return ["unknown", `No tenant has this ${reference.by}, so it is not the one that was decided on.`];
  return ["contradicts", "It names another tenant than the source that decides."];
}

function tenantOf(reference: TenantReference | null, found: TenantEntry | null | undefined): string | null {
  return reference?.by === "id" ? reference.value : (found?.tenant ?? null);
}

function seen(value: string): string {
  const printable = value
    .slice(0, longestSeen)
    .replaceAll(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  const isCut = value.length > longestSeen || printable.length > longestSeen;
  return isCut ? `${printable.slice(0, longestSeen - 1)}…` : printable;
}
