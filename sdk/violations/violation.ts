import { isFreeholdError, type FreeholdError } from "../errors/freehold-error.ts";
import type { RefusalCode } from "../errors/refusal-code.ts";
import type { ExplainedHint, Explanation } from "../resolution/explanation.ts";

/** Refusals of one kind against one tenant, folded, as `POST /internal/violations` takes them. Times are ISO 8601. */
export interface Violation {
  tenant: string;
  code: RefusalCode;
  count: number;
  first_at: string;
  last_at: string;
  /** The first one's, cut to what Freehold takes. */
  explanation: Explanation;
}

const codes: ReadonlySet<RefusalCode> = new Set(["tenant_conflict", "unauthenticated", "invalid"]);
const tenantShape = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const mostHints = 20;
const mostSeen = 10;
const mostBytes = 15_000;

/**
 * The violation that a refusal is: a second tenant, or something forged or malformed, beside proof
 * of one tenant. Null without that proof: a stranger writes nothing into a tenant's trail.
 */
export function violationOf(error: unknown): Violation | null {
  if (!isFreeholdError(error) || !codes.has(error.code) || !error.explanation) return null;
  const { hints } = error.explanation;
  const proven = hints.find(({ trusted, tenant }) => trusted && tenant !== null && tenantShape.test(tenant));
  const isViolated = error.code === "tenant_conflict" || hints.some(({ verdict }) => verdict === "malformed");
  if (!proven?.tenant || !isViolated) return null;
  const now = new Date().toISOString();
  const explanation = cut(error, error.explanation);
  return { tenant: proven.tenant, code: error.code, count: 1, first_at: now, last_at: now, explanation };
}

/** One explanation that is too long would have all that are told with it refused. */
function cut({ code, message }: FreeholdError, { policy, hints }: Explanation): Explanation {
  const short = hints.slice(0, mostHints).map(cutHint);
  while (short.length > 1 && Buffer.byteLength(JSON.stringify(short)) > mostBytes) short.pop();
  return {
    policy: policy.slice(0, 100),
    hints: short,
    outcome: { refused: code, message: message.slice(0, 500) },
  };
}

function cutHint(hint: ExplainedHint): ExplainedHint {
  const { source, label, saw, trusted, because, verdict, tenant, reason } = hint;
  return {
    source: source.slice(0, 60),
    label: label.slice(0, 200),
    saw: saw.slice(0, mostSeen).map((value) => value.slice(0, 120)),
    trusted,
    because: because.slice(0, 500),
    verdict,
    tenant: tenant?.slice(0, 100) ?? null,
    reason: reason.slice(0, 500),
  };
}
