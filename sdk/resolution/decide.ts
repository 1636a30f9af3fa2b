import type { RefusalCode } from "../errors/freehold-error.ts";
import type { TenantEntry } from "../stores/tenant-store.ts";
import type { TenantReference } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { preparePolicy } from "./prepare-policy.ts";
import type { Reading } from "./read-hints.ts";

/** What the store says of each reading: `undefined` when nobody asked it. */
export type Found = readonly (TenantEntry | null | undefined)[];

export interface Acceptance {
  entry: TenantEntry;
  decider: Reading;
  authenticated: boolean;
}

export interface Refusal {
  refused: RefusalCode;
  /** For the caller: says nothing of which tenants exist. */
  message: string;
}

/** Who would decide: the first trusted reading, or else the first that may without proof. */
export function deciderOf(readings: readonly Reading[], policy: ResolutionPolicy): Reading | null {
  const named = readings.filter(({ reference }) => reference !== null);
  const { unauthenticated } = preparePolicy(policy);
  return (
    named.find(({ hint }) => hint.trusted) ??
    named.find(({ hint }) => unauthenticated.has(hint.source)) ??
    null
  );
}

/** Whether the store has to be asked for a reading: ids of others than the decider compare as they are. */
export function needsEntry(reading: Reading, decider: Reading): boolean {
  return reading === decider || (reading.reference !== null && reading.reference.by !== "id");
}

/** A refusal for which no tenant has to be looked up; null when there is none. */
export function refuseEarly(readings: readonly Reading[], policy: ResolutionPolicy): Refusal | null {
  const malformed = readings.filter((reading) => reading.malformed !== null);
  if (malformed.some(({ hint }) => !isProof(hint.source))) return refusals.invalid;
  if (malformed.length > 0) return refusals.unauthenticated;
  if (policy.requireToken && !readings.some(isTokenOfTenant)) return refusals.unauthenticated;
  const ids = new Set(readings.flatMap(({ reference }) => (reference?.by === "id" ? reference.value : [])));
  if (ids.size > 1) return refusals.conflict;
  return deciderOf(readings, policy) ? null : refusals.required;
}

/**
 * Decides after the look-ups: exactly one tenant, which exists and serves, or a refusal. Pure.
 * `found` is parallel to `readings`.
 */
export function decide(
  readings: readonly Reading[],
  policy: ResolutionPolicy,
  found: Found,
): Acceptance | Refusal {
  const early = refuseEarly(readings, policy);
  if (early) return early;
  const decider = deciderOf(readings, policy);
  const entry = decider && entryOf(decider.reference, found[readings.indexOf(decider)]);
  if (!decider || !entry) return refusals.unknown;
  let unknownHost = false;
  for (const [index, { reference }] of readings.entries()) {
    if (!reference || isSame(reference, entry, found[index])) continue;
    if (reference.by !== "host" || found[index]) return refusals.conflict;
    unknownHost = true;
  }
  if (unknownHost) return refusals.unknown;
  if (entry.status !== "active") return refusals.inactive;
  return { entry, decider, authenticated: decider.hint.trusted };
}

/** Whether a reference names this tenant. `found` is what the store says of a name or host. */
export function isSame(
  reference: TenantReference,
  entry: TenantEntry,
  found: TenantEntry | null | undefined,
): boolean {
  return (reference.by === "id" ? reference.value : found?.tenant) === entry.tenant;
}

/** An entry for another id than was asked for is none: a confused store must not move a request. */
export function entryOf(
  reference: TenantReference | null,
  found: TenantEntry | null | undefined,
): TenantEntry | null {
  if (!reference || !found) return null;
  return reference.by === "id" && found.tenant !== reference.value ? null : found;
}

function isProof(source: string): boolean {
  return source === "token" || source === "context";
}

function isTokenOfTenant({ hint, reference }: Reading): boolean {
  return hint.source === "token" && hint.trusted && reference !== null;
}

const refusals = {
  invalid: { refused: "invalid", message: "The request names its tenant in a form that is not taken." },
  unauthenticated: { refused: "unauthenticated", message: "A valid token is required." },
  conflict: { refused: "tenant_conflict", message: "The request names more than one tenant." },
  required: { refused: "tenant_required", message: "Nothing that is proven says which tenant is meant." },
  unknown: { refused: "not_found", message: "There is no such tenant." },
  inactive: { refused: "tenant_inactive", message: "The tenant is not active." },
} satisfies Record<string, Refusal>;
