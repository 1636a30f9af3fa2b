import { isFreeholdError, type RefusalCode } from "@/sdk/errors/freehold-error";
import type { Explanation } from "@/sdk/resolution/explanation";

/** Refusals of one kind against one tenant, folded. Times are ISO 8601. */
export interface Violation {
  tenant: string;
  code: RefusalCode;
  count: number;
  first_at: string;
  last_at: string;
  /** The first one's. */
  explanation: Explanation;
}

export interface ViolationLog {
  /** Takes a refusal when it is a violation; anything else is none. */
  add(error: unknown): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

const mostPerReport = 100;
const mostHeld = 1_000;
const mostCounted = 1_000_000;

/** Folds violations by tenant, code and sources, and reports them every `everyMs`. Holds 1,000 kinds at most: further ones are dropped and counted. */
export function createViolationLog(options: {
  report(violations: readonly Violation[]): Promise<void>;
  everyMs: number;
  onDropped(count: number): void;
}): ViolationLog {
  const held = new Map<string, Violation>();
  let sending = Promise.resolve();
  const flush = () => (sending = sending.then(() => send(held, options)));
  const timer = setInterval(() => void flush(), options.everyMs).unref();
  return {
    add(error) {
      const violation = violationOf(error);
      if (!violation) return;
      const key = keyOf(violation);
      const known = held.get(key);
      if (known) {
        known.count = Math.min(known.count + 1, mostCounted);
        known.last_at = violation.last_at;
      } else if (held.size < mostHeld) held.set(key, violation);
      else options.onDropped(1);
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

async function send(
  held: Map<string, Violation>,
  {
    report,
    onDropped,
  }: { report(violations: readonly Violation[]): Promise<void>; onDropped(count: number): void },
): Promise<void> {
  const due = [...held.values()];
  held.clear();
  for (let at = 0; at < due.length; at += mostPerReport) {
    const part = due.slice(at, at + mostPerReport);
    // Nobody waits for an answer: what Freehold does not take is counted and let go.
    await report(part).catch(() => onDropped(part.reduce((sum, { count }) => sum + count, 0)));
  }
}

function violationOf(error: unknown): Violation | null {
  if (!isFreeholdError(error) || error.code !== "tenant_conflict" || !error.explanation) return null;
  const { explanation } = error;
  // The tenant that the caller has proven to be of, else nobody's chain would get entries by strangers.
  const tenant = explanation.hints.find(({ trusted, tenant: named }) => trusted && named !== null)?.tenant;
  if (tenant === undefined || tenant === null) return null;
  const now = new Date().toISOString();
  return { tenant, code: error.code, count: 1, first_at: now, last_at: now, explanation };
}

function keyOf({ tenant, code, explanation }: Violation): string {
  return [tenant, code, ...explanation.hints.map(({ source }) => source)].join(" ");
}
