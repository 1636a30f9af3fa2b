import type { RefusalCode } from "../errors/refusal-code.ts";
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
  let proven: Reading | null = null;
  let unproven: Reading | null = null;
  for (const reading of readings) {
    if (!reading.reference) continue;
    if (reading.hint.trusted) proven = earlier(proven, reading);
    else if (preparePolicy(policy).unauthenticated.has(reading.hint.source))
      unproven = earlier(unproven, reading);
  }
  return proven ?? unproven;
}

/** The one before; of two of one source the same one in whatever order they came. */
function earlier(before: Reading | null, reading: Reading): Reading {
  if (!before) return reading;
  return before.hint.source === reading.hint.source && standing(reading) < standing(before)
    ? reading
    : before;
}

const ranks = { id: 0, name: 1, host: 2 };
const standing = ({ reference }: Reading) => (reference ? `${ranks[reference.by]} ${reference.value}` : "");

/** Whether the store has to be asked for a reading: ids of others than the decider compare as they are. */
export function needsEntry(reading: Reading, decider: Reading): boolean {
  return reading === decider || (reading.reference !== null && reading.reference.by !== "id");
}

/** A refusal for which no tenant has to be looked up; null when there is none. */
export function refuseEarly(readings: readonly Reading[], policy: ResolutionPolicy): Refusal | null {
  if (readings.some(isMalformed))
    return readings.some(isMalformedName) ? refusals.invalid : refusals.unauthenticated;
  if (policy.requireToken && !readings.some(isTokenOfTenant)) return refusals.unauthenticated;
  if (hasTwoIds(readings)) return refusals.conflict;
  return deciderOf(readings, policy) ? null : refusals.required;
}

/**
 * Decides after the look-ups what `refuseEarly` has let through: exactly one tenant, which exists
 * and serves, or a refusal. Pure. `found` is parallel to `readings`.
 */
export function decide(
  readings: readonly Reading[],
  decider: Reading | null,
  found: Found,
): Acceptance | Refusal {
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

function hasTwoIds(readings: readonly Reading[]): boolean {
  let id: string | null = null;
  for (const { reference } of readings) {
    if (reference?.by !== "id") continue;
    if (id !== null && id !== reference.value) return true;
    id = reference.value;
  }
  return false;
}

function isMalformed({ malformed }: Reading): boolean {
  return malformed !== null;
}

function isMalformedName(reading: Reading): boolean {
  const { source } = reading.hint;
  return isMalformed(reading) && source !== "token" && source !== "context";
}

function isTokenOfTenant({ hint, reference }: Reading): boolean {
  return hint.source === "token" && hint.trusted && reference !== null;
}

const refusals = {
  invalid: { refused: "invalid", message: "The request names its tenant in a form that is not taken." },
  unauthenticated: { refused: "unauthenticated", message: "A valid token is required." },
  conflict: { refused: "tenant_conflict", message: "This request names more than one tenant." },
  required: { refused: "tenant_required", message: "Nothing that is proven says which tenant is meant." },
  unknown: { refused: "not_found", message: "There is no such tenant." },
  inactive: { refused: "tenant_inactive", message: "The tenant is not active." },
} satisfies Record<string, Refusal>;
