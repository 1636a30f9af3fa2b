import { isFreeholdError } from "@/sdk/errors/freehold-error";
import { statusOf } from "@/sdk/errors/refusal-code";
import { collectHints } from "@/sdk/resolution/collect";
import type { Explanation, ExplainedHint } from "@/sdk/resolution/explanation";
import type { Hint } from "@/sdk/resolution/hint";
import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import { resolve } from "@/sdk/resolution/resolve";
import { trustedHops } from "@/sdk/resolution/trusted-hops";
import { sentences } from "@/sdk/errors/sentences";
import { requireOperator } from "@/server/kernel/authorize";
import type { TokenIssuer, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { incomingOf, type AskedRequest } from "./asked-request";
import { catalogStore } from "./catalog-store";
import { contextCheck } from "./check-context";
import { tokenCheck } from "./check-token";
import { findLanding, scopeOfService } from "./find-landing";
import { findNamed } from "./find-named";
import { masked } from "./mask";
import type { ExplainedRequest } from "./output";
import { policyFor } from "./policy-for";
import { readRequest } from "./read-request";
import type { ExplainRequest, RecordedHint } from "./schema";

type Asking = UserContext & { tokens: TokenIssuer };

/**
 * Says how a request would come to its tenant, or why it would be refused: by the code that
 * services run, over the catalog. Nothing of the request is kept. Operators only.
 */
export async function explainRequest(ctx: Asking, input: ExplainRequest): Promise<ExplainedRequest> {
  requireOperator(ctx);
  const policy = policyFor(input);
  const asked = input.hints ? null : readRequest(input);
  const checks = await checksFor(ctx, input, policy);
  const hints = async () =>
    asked ? collected(asked, input, { policy, checks }) : (input.hints ?? []).map((hint) => hintOf(hint));
  const explanation = await explanationOf(hints, policy, ctx);
  const scope = input.service === undefined ? null : await scopeOfService(ctx.db, input.service);
  const tenant = landsIn(explanation);
  const named = await findNamed(
    ctx.db,
    explanation.hints.flatMap((hint) => hint.tenant ?? []),
  );
  return {
    request: asked && shownRequest(asked),
    policy: { name: policy.name, order: sourcesOf(policy) },
    hints: explanation.hints.map((hint) => ({
      ...shownHint(hint, checks),
      place: named.get(hint.tenant ?? "") ?? null,
    })),
    ...endOf(explanation),
    landing: tenant === null ? null : await findLanding(ctx.db, tenant, scope ?? "readwrite"),
    notes: [...(asked?.notes ?? []), ...serviceNotes(input, scope, explanation)],
  };
}

/** What verifies proof, and what it found to be wrong. */
async function checksFor(ctx: Asking, { issuer, service }: ExplainRequest, { claim }: ResolutionPolicy) {
  const audience = service ?? null;
  const own = await ctx.tokens.publicKeys();
  return {
    token: tokenCheck({ own, foreign: issuer, claim, audience }),
    context: contextCheck(ctx.db, audience),
  };
}

type Checks = Awaited<ReturnType<typeof checksFor>>;

interface Pipeline {
  policy: ResolutionPolicy;
  checks: Checks;
}

async function collected(
  asked: AskedRequest,
  input: ExplainRequest,
  { policy, checks }: Pipeline,
): Promise<Hint[]> {
  const { peer = null, session } = input;
  const means = {
    verifyToken: checks.token.verifyToken,
    verifyContext: checks.context.verifyContext,
    isTrustedHop: hopsOf(input),
    contributors: [],
  };
  const kept = session === undefined ? {} : { session: { tenant: session, subject: "whoever asks" } };
  const { hints } = await collectHints({ ...incomingOf(asked, peer), ...kept }, policy, means);
  return hints;
}

function hopsOf({ hops: networks }: ExplainRequest) {
  try {
    return trustedHops(networks);
  } catch (error) {
    if (error instanceof TypeError) throw new DomainError("invalid", error.message, { field: "hops" });
    throw error;
  }
}

/** A hint that a service has recorded, in place of the request that it was on. */
function hintOf({ source, saw, trusted, malformed, ignored }: RecordedHint): Hint {
  return {
    source,
    raw: saw,
    trusted,
    names: source === "host" ? "host" : "tenant",
    label: source,
    because: "as it was recorded",
    ...(malformed === undefined ? {} : { malformed }),
    ...(ignored === undefined ? {} : { ignored }),
  };
}

async function explanationOf(
  hints: () => Promise<Hint[]> | Hint[],
  policy: ResolutionPolicy,
  { db }: Asking,
): Promise<Explanation> {
  try {
    return (await resolve(await hints(), policy, catalogStore(db))).explanation;
  } catch (error) {
    if (isFreeholdError(error) && error.explanation) return error.explanation;
    throw error;
  }
}

function endOf({ outcome }: Explanation): Pick<ExplainedRequest, "resolved" | "refusal"> {
  if (!("refused" in outcome)) return { resolved: outcome, refusal: null };
  const { refused: code } = outcome;
  return { resolved: null, refusal: { code, status: statusOf[code], message: sentences[code] } };
}

/** The tenant that is come to, or the one that serves nobody. */
function landsIn({ outcome, hints }: Explanation): string | null {
  if (!("refused" in outcome)) return outcome.tenant;
  return hints.find(({ verdict }) => verdict === "inactive")?.tenant ?? null;
}

function shownHint(hint: ExplainedHint, checks: Checks) {
  const { source, verdict, trusted } = hint;
  const check = source === "token" ? checks.token : source === "context" ? checks.context : null;
  const fault = verdict === "malformed" && !trusted ? (check?.fault() ?? null) : null;
  return { ...hint, saw: hint.saw.map(masked), reason: fault ?? hint.reason };
}

function shownRequest({ transport, method, path, headers }: AskedRequest): ExplainedRequest["request"] {
  const shown = masked(path.replace(/\?[^]*$/, "").slice(0, 500));
  return { transport, method, path: shown, headers: [...headers.keys()].map((name) => name.slice(0, 100)) };
}

function sourcesOf({ static: only, order }: ResolutionPolicy): string[] {
  if (!only) return [...order];
  return only.strict ? ["static", ...order.filter((source) => source !== "static")] : ["static"];
}

function serviceNotes(
  { service, hints: recorded }: ExplainRequest,
  scope: string | null,
  { hints }: Explanation,
): string[] {
  const isLookedAt = (named: string) =>
    !recorded && hints.some(({ source, verdict }) => source === named && verdict !== "ignored");
  const notes: string[] = [];
  if (service === undefined && (isLookedAt("token") || isLookedAt("context")))
    notes.push("No service is named, so whom the token is for was not checked.");
  if (isLookedAt("context"))
    notes.push("Contexts of every registered service are taken here, whatever the body is.");
  if (service !== undefined && scope === null)
    notes.push(`No service called ${service} is registered: the connection is one for reading and writing.`);
  return notes;
}
