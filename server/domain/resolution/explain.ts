import { isFreeholdError, statusOf } from "@/sdk/errors/freehold-error";
import { collectHints } from "@/sdk/resolution/collect";
import type { Explanation, ExplainedHint } from "@/sdk/resolution/explanation";
import type { Hint } from "@/sdk/resolution/hint";
import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import { resolve } from "@/sdk/resolution/resolve";
import { trustedHops } from "@/sdk/resolution/trusted-hops";
import { requireOperator } from "@/server/kernel/authorize";
import type { TokenIssuer, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { incomingOf, type AskedRequest } from "./asked-request";
import { catalogStore } from "./catalog-store";
import { tokenCheck, type TokenCheck } from "./check-token";
import { findLanding, scopeOfService } from "./find-landing";
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
  const check = await checkFor(ctx, input, policy);
  const hints = async () =>
    asked ? collected(asked, input, { policy, check }) : (input.hints ?? []).map((hint) => hintOf(hint));
  const explanation = await explanationOf(hints, policy, ctx);
  const scope = input.service === undefined ? null : await scopeOfService(ctx.db, input.service);
  const tenant = landsIn(explanation);
  return {
    request: asked && shownRequest(asked),
    policy: { name: policy.name, order: sourcesOf(policy) },
    hints: explanation.hints.map((hint) => shownHint(hint, check)),
    ...endOf(explanation),
    landing: tenant === null ? null : await findLanding(ctx.db, tenant, scope ?? "readwrite"),
    notes: [...(asked?.notes ?? []), ...serviceNotes(input, scope, explanation)],
  };
}

async function checkFor(ctx: Asking, { issuer, service }: ExplainRequest, { claim }: ResolutionPolicy) {
  return tokenCheck({
    own: await ctx.tokens.publicKeys(),
    foreign: issuer,
    claim,
    audience: service ?? null,
  });
}

interface Pipeline {
  policy: ResolutionPolicy;
  check: TokenCheck;
}

async function collected(
  asked: AskedRequest,
  input: ExplainRequest,
  { policy, check }: Pipeline,
): Promise<Hint[]> {
  const { peer = null, session } = input;
  const means = { verifyToken: check.verifyToken, isTrustedHop: hopsOf(input), contributors: [] };
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
  const { refused: code, message } = outcome;
  return { resolved: null, refusal: { code, status: statusOf[code], message } };
}

/** The tenant that is come to, or the one that serves nobody. */
function landsIn({ outcome, hints }: Explanation): string | null {
  if (!("refused" in outcome)) return outcome.tenant;
  return hints.find(({ verdict }) => verdict === "inactive")?.tenant ?? null;
}

function shownHint(hint: ExplainedHint, check: TokenCheck): ExplainedRequest["hints"][number] {
  const fault =
    hint.source === "token" && hint.verdict === "malformed" && !hint.trusted ? check.fault() : null;
  const reason = hint.source === "context" && hint.verdict === "ignored" ? unchecked : (fault ?? hint.reason);
  return { ...hint, saw: hint.saw.map(masked), reason };
}

const unchecked = "Only the service that it is for can check a signed context: it is not looked at here.";

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
  if (recorded && service === undefined) return [];
  const hasToken = hints.some(({ source, trusted }) => source === "token" && trusted);
  if (service === undefined)
    return hasToken ? ["No service is named, so whom the token is for was not checked."] : [];
  if (scope !== null) return [];
  return [`No service called ${service} is registered: the connection is one for reading and writing.`];
}
