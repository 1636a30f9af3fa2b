import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantEntry, TenantStore } from "../stores/tenant-store.ts";
import { decide, deciderOf, needsEntry, refuseEarly, type Acceptance, type Refusal } from "./decide.ts";
import { explain, LateExplanation } from "./explain.ts";
import type { Explanation } from "./explanation.ts";
import type { Hint } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { readHints, type Reading } from "./read-hints.ts";
import type { Subject, TenantContext } from "./tenant-context.ts";

type Lookup = Pick<TenantStore, "find" | "peek">;

/**
 * Whose request this is, from every hint on it. Asks the store only for what decides and for names
 * and hosts, at once when the store has it at hand.
 * @throws FreeholdError with the explanation: `invalid`, `unauthenticated`, `tenant_conflict`,
 * `tenant_required`, `not_found`, `tenant_inactive`; `unavailable` when the store cannot say.
 */
export async function resolve(
  hints: readonly Hint[],
  policy: ResolutionPolicy,
  store: Lookup,
  subject: Subject | null = null,
): Promise<TenantContext> {
  const readings = readHints(hints, policy);
  const early = refuseEarly(readings, policy);
  if (early) throw refusal(early, explain({ policy, readings, found: null }, early));
  const decider = deciderOf(readings, policy);
  const found = readings.map((reading) => {
    if (!decider || !reading.reference || !needsEntry(reading, decider)) return null;
    return store.peek(reading.reference);
  });
  if (found.includes(undefined)) await findMissing(readings, found, { policy, store });
  const decision = decide(readings, decider, found);
  if ("refused" in decision) throw refusal(decision, explain({ policy, readings, found }, decision));
  return contextOf(decision, subject, new LateExplanation({ policy, readings, found }, decision));
}

async function findMissing(
  readings: readonly Reading[],
  found: (TenantEntry | null | undefined)[],
  { policy, store }: { policy: ResolutionPolicy; store: Lookup },
): Promise<void> {
  const ask = async ({ reference }: Reading, index: number) => {
    if (found[index] === undefined && reference) found[index] = await store.find(reference);
  };
  try {
    await Promise.all(readings.map(ask));
  } catch (error) {
    if (!(error instanceof FreeholdError)) throw error;
    const refused: Refusal = { refused: error.code, message: error.message };
    throw refusal(refused, explain({ policy, readings, found: null }, refused), error);
  }
}

function refusal({ refused, message }: Refusal, explanation: Explanation, cause?: unknown): FreeholdError {
  return new FreeholdError(refused, message, { explanation, cause });
}

function contextOf(
  { entry, decider, authenticated }: Acceptance,
  subject: Subject | null,
  explanation: Explanation,
): TenantContext {
  const { tenant, organization, environment, epoch } = entry;
  const decidedBy = decider.hint.source;
  return { tenant, organization, environment, epoch, decidedBy, authenticated, subject, explanation };
}
