import { canonicalHost, canonicalTenant } from "./canonical.ts";
import type { Hint, TenantReference } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { preparePolicy, type PreparedPolicy } from "./prepare-policy.ts";

/** A hint and what it means: one of the three is set. */
export interface Reading {
  hint: Hint;
  reference: TenantReference | null;
  /** Why it cannot be read. */
  malformed: string | null;
  /** Why it does not count. */
  ignored: string | null;
}

/** The hint that stands for a policy's static tenant. */
export function staticHint(tenant: string): Hint {
  return {
    source: "static",
    raw: [tenant],
    trusted: true,
    names: "tenant",
    label: "configuration",
    because: "set by whoever runs this service",
  };
}

/**
 * Reads hints strictly, in the order of the policy. The policy's static tenant is always among
 * them, and what claims to be it without being so is dropped.
 */
export function readHints(hints: readonly Hint[], policy: ResolutionPolicy): Reading[] {
  const prepared = preparePolicy(policy);
  const readings: Reading[] = [];
  if (policy.static) readings.push(read(staticHint(policy.static.tenant), policy, prepared));
  for (const hint of hints) if (hint.source !== "static") readings.push(read(hint, policy, prepared));
  if (readings.length < 2) return readings;
  const place = ({ hint }: Reading) => prepared.places.get(hint.source) ?? policy.order.length;
  return readings.sort((a, b) => place(a) - place(b));
}

function read(hint: Hint, policy: ResolutionPolicy, prepared: PreparedPolicy): Reading {
  const ignored = whyIgnored(hint, policy, prepared);
  if (ignored !== null) return { hint, reference: null, malformed: null, ignored };
  if (hint.malformed !== undefined)
    return { hint, reference: null, malformed: hint.malformed, ignored: null };
  const [value] = hint.raw;
  if (value === undefined || hint.raw.length > 1)
    return { hint, reference: null, malformed: "It is there more than once, or empty.", ignored: null };
  return hint.names === "host" ? readHost(hint, value, prepared) : readTenant(hint, value);
}

function whyIgnored(hint: Hint, policy: ResolutionPolicy, prepared: PreparedPolicy): string | null {
  if (!prepared.places.has(hint.source)) return "The policy does not list this source.";
  if (policy.static && !policy.static.strict && hint.source !== "static")
    return "The installation serves one tenant whatever requests say.";
  return hint.ignored ?? null;
}

function readTenant(hint: Hint, value: string): Reading {
  const reference = canonicalTenant(value);
  return { hint, reference, malformed: reference ? null : whyNoTenant(value), ignored: null };
}

function readHost(hint: Hint, value: string, prepared: PreparedPolicy): Reading {
  const host = canonicalHost(value);
  if (host === null)
    return { hint, reference: null, malformed: "It is no host in plain ASCII.", ignored: null };
  if (prepared.sharedHosts.has(host))
    return { hint, reference: null, malformed: null, ignored: "All tenants share this host." };
  return { hint, reference: { by: "host", value: host }, malformed: null, ignored: null };
}

function whyNoTenant(value: string): string {
  if (value === "") return "It is there and empty.";
  if (value.includes(",")) return "A comma: it was sent twice, or names two.";
  if (/[A-Z]/.test(value) && canonicalTenant(value.toLowerCase())) return "It has upper-case letters.";
  if (value.trim() !== value) return "It has space around it.";
  return "It is neither a lower-case UUID nor a name of at most 63 letters, digits and hyphens.";
}
