import { isFreeholdError } from "../errors/freehold-error.ts";
import { violationOf, type Violation } from "./violation.ts";

export interface ViolationLogOptions {
  /** Takes at most 50 at once. What it rejects with `unavailable` is told again later. */
  report(violations: readonly Violation[]): Promise<void>;
  /** How long they are gathered before they are told. Default 5 s. */
  everyMs?: number;
  /** Told how many refusals nobody will hear of. */
  onDropped?(count: number): void;
}

export interface ViolationLog {
  /** Takes a refusal when it is a violation, each error once; anything else is none. */
  add(error: unknown): void;
  /** How many kinds wait to be told. */
  readonly size: number;
  /** Tells what is left, tries that once, and takes no more. */
  close(): Promise<void>;
}

const usualMs = 5_000;
// With what an explanation holds at most, Freehold takes no more in one body.
const mostPerReport = 50;
const mostHeld = 1_000;
const mostCounted = 1_000_000;

/**
 * Folds violations by tenant, code and sources, and tells of them every few seconds. Holds 1,000
 * kinds at most, also while nobody can be told: further ones are dropped.
 */
export function createViolationLog({
  report,
  everyMs = usualMs,
  onDropped,
}: ViolationLogOptions): ViolationLog {
  const held = new Map<string, Violation>();
  const taken = new WeakSet<object>();
  let timer: NodeJS.Timeout | null = null;
  let telling = Promise.resolve();
  let isClosed = false;

  function hold(violation: Violation): void {
    const key = keyOf(violation);
    const known = held.get(key);
    if (known) held.set(key, fold(known, violation));
    else if (held.size < mostHeld) held.set(key, violation);
    else onDropped?.(violation.count);
    if (!isClosed && held.size > 0) timer ??= setTimeout(() => void tell(), everyMs).unref();
  }

  function tell(): Promise<void> {
    telling = telling.then(async () => {
      if (timer) clearTimeout(timer);
      timer = null;
      const due = [...held.values()];
      held.clear();
      for (const violation of await tellAll(due, { report, onDropped })) hold(violation);
    });
    return telling;
  }

  return {
    add(error) {
      if (isClosed || typeof error !== "object" || error === null || taken.has(error)) return;
      taken.add(error);
      const violation = violationOf(error);
      if (violation) hold(violation);
    },
    get size() {
      return held.size;
    },
    async close() {
      isClosed = true;
      await tell();
      onDropped?.(sumOf([...held.values()]));
      held.clear();
    },
  };
}

/** Gives back what could not be told. */
async function tellAll(
  due: readonly Violation[],
  {
    report,
    onDropped,
  }: Pick<ViolationLogOptions, "report"> & { onDropped: ViolationLogOptions["onDropped"] },
): Promise<readonly Violation[]> {
  for (let at = 0; at < due.length; at += mostPerReport) {
    const part = due.slice(at, at + mostPerReport);
    try {
      await report(part);
    } catch (error) {
      if (isFreeholdError(error) && error.code === "unavailable") return due.slice(at);
      onDropped?.(sumOf(part));
    }
  }
  return [];
}

function fold(first: Violation, next: Violation): Violation {
  return {
    ...first,
    count: Math.min(first.count + next.count, mostCounted),
    first_at: next.first_at < first.first_at ? next.first_at : first.first_at,
    last_at: next.last_at > first.last_at ? next.last_at : first.last_at,
  };
}

const sumOf = (violations: readonly Violation[]) => violations.reduce((sum, { count }) => sum + count, 0);

function keyOf({ tenant, code, explanation }: Violation): string {
  const sources = new Set(explanation.hints.map(({ source }) => source));
  return [tenant, code, ...[...sources].toSorted()].join(" ");
}
