import { isFreeholdError, type FreeholdError } from "../errors/freehold-error.ts";
import type { Incoming } from "./incoming.ts";

/** Told of everything that is refused for good. What it does with it takes its own time. */
export type ReportRefusal = (refusal: FreeholdError, incoming: Incoming) => void;

/** Who hears of what is not served. */
export interface Observers {
  report?: ReportRefusal;
  /** Told of errors that are no refusal: what a handler throws, what is broken. */
  onError?: (error: unknown) => void;
}

/** Refusals that say nothing against what came in: asked again later, it may well be served. */
const passing = new Set(["limit", "schema_too_old", "unavailable"]);

/** True for what stays refused however often it is tried. */
export function isFinal(error: unknown): error is FreeholdError {
  return isFreeholdError(error) && !passing.has(error.code);
}

/** Tells of an error. An observer that fails must not make a crash of it. */
export function tell({ report, onError }: Observers, error: unknown, incoming: Incoming): void {
  safely(() => {
    if (isFinal(error)) report?.(error, incoming);
    else if (!isFreeholdError(error)) onError?.(error);
  });
}

/** Tells of what is broken and concerns no request. */
export function tellBroken({ onError }: Observers, error: unknown): void {
  safely(() => onError?.(error));
}

function safely(told: () => void): void {
  try {
    told();
  } catch {
    // There is nobody left to tell.
  }
}
