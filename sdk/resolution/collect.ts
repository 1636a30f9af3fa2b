import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import { contextHeader, type SignedContext, type VerifiedToken } from "../tokens/claims.ts";
import type { HintContributor, Incoming } from "../transports/incoming.ts";
import { collectHeaders, headerSource, valuesOf } from "./collect-headers.ts";
import { collectHost, collectPath } from "./collect-target.ts";
import { explain } from "./explain.ts";
import type { Hint, HintSource } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { preparePolicy } from "./prepare-policy.ts";
import { readHints, staticHint } from "./read-hints.ts";
import type { Subject } from "./tenant-context.ts";

/** What collecting needs besides the request. */
export interface CollectingMeans {
  /** Throws FreeholdError `unauthenticated`, or `unavailable` when the issuer's keys cannot be had. */
  verifyToken?: (token: string) => Promise<VerifiedToken>;
  /** Throws the same. */
  verifyContext?: (
    token: string,
    expected: { method: string; path: string; bodyDigest: () => Promise<string> },
  ) => Promise<SignedContext>;
  isTrustedHop(peer: string | null): boolean;
  contributors: readonly HintContributor[];
}

/** What is on a request, and who is behind it: the signed context's subject before the token's, that before the session's. */
export interface Collected {
  hints: Hint[];
  subject: Subject | null;
}

/** What a contributor cannot be called. */
export const builtInSources: ReadonlySet<HintSource> = new Set([
  "static",
  "path",
  "token",
  "context",
  "host",
  "header",
  "grpc",
  "message",
  "session",
  "default",
]);

/**
 * Collects every hint of the sources that the policy lists. What cannot be read is a hint too,
 * marked so: `resolve` refuses it, with everything else that was there in the explanation.
 * @throws FreeholdError `unavailable`, explained, when a token or context can be neither accepted nor refused;
 * TypeError for a contributor that claims to be a built-in source.
 */
export async function collectHints(
  incoming: Incoming,
  policy: ResolutionPolicy,
  means: CollectingMeans,
): Promise<Collected> {
  const { places } = preparePolicy(policy);
  const hints: Hint[] = [];
  if (policy.static) hints.push(staticHint(policy.static.tenant));
  if (policy.static && !policy.static.strict) return { hints, subject: null };
  if (places.has(headerSource(incoming))) collectHeaders(incoming, policy, means, hints);
  if (incoming.transport === "http") {
    if (places.has("host")) collectHost(incoming, means, hints);
    if (places.has("path")) collectPath(incoming, policy, hints);
  }
  let subject: Subject | null = null;
  if (incoming.session && places.has("session")) subject = collectSession(incoming.session, hints);
  const token = places.has("token") && isCall(incoming) ? tokenIn(incoming, means, hints) : null;
  if (token !== null && means.verifyToken) {
    // Awaited right here: each layer of awaiting costs as much as finding a token that is known.
    try {
      subject = addToken(await means.verifyToken(token), policy, hints);
    } catch (error) {
      hints.push(unproven(proofHint("token", "Authorization"), error, { hints, policy }));
    }
  }
  if (places.has("context")) subject = (await collectContext(incoming, policy, means, hints)) ?? subject;
  if (means.contributors.length > 0) await collectOwn(incoming, means, hints);
  if (policy.default !== undefined && isCall(incoming) && saysNothing(hints, policy))
    hints.push(defaultHint(policy.default));
  return { hints, subject };
}

function saysNothing(hints: readonly Hint[], policy: ResolutionPolicy): boolean {
  return readHints(hints, policy).every(({ ignored }) => ignored !== null);
}

function isCall({ transport }: Incoming): boolean {
  return transport === "http" || transport === "grpc";
}

function collectSession(session: NonNullable<Incoming["session"]>, hints: Hint[]): Subject {
  if (session.tenant !== null)
    hints.push({
      source: "session",
      raw: [session.tenant],
      trusted: true,
      names: "tenant",
      label: "session",
      because: "kept by this service",
    });
  return { kind: "user", id: session.subject };
}

/** The one bearer token that can be verified; what is there instead is a hint. */
function tokenIn(incoming: Incoming, { verifyToken }: CollectingMeans, hints: Hint[]): string | null {
  const values = valuesOf(incoming, "authorization");
  if (!values) return null;
  const [value = ""] = values;
  const token = values.length === 1 ? bearerOf(value) : null;
  if (token !== null && verifyToken) return token;
  const hint = proofHint("token", "Authorization");
  if (token === null && values.length === 1 && !value.includes(","))
    hints.push({ ...hint, ignored: "It is no bearer token." });
  else if (!verifyToken) hints.push({ ...hint, ignored: "This service knows no issuer of tokens." });
  else hints.push({ ...hint, malformed: "There is more than one authorization." });
  return null;
}

/** What follows the scheme, as it is; the verifier refuses what is no token. Null for other schemes. */
function bearerOf(value: string): string | null {
  if (value.slice(0, 7).toLowerCase() === "bearer ") return value.slice(7);
  return value.length === 6 && value.toLowerCase() === "bearer" ? "" : null;
}

function addToken(token: VerifiedToken, { claim }: ResolutionPolicy, hints: Hint[]): Subject {
  const { tenant, keyId, issuer, subject } = token;
  const hint: Hint = {
    source: "token",
    raw: typeof tenant === "string" ? [tenant] : [],
    trusted: true,
    names: "tenant",
    label: claim,
    because: `verified with key ${keyId} of ${issuer}`,
  };
  if (tenant === undefined) hint.ignored = "The token has no such claim.";
  else if (typeof tenant !== "string") hint.malformed = `The claim is no string: ${JSON.stringify(tenant)}`;
  hints.push(hint);
  return subjectOf(subject);
}

async function collectContext(
  incoming: Incoming,
  policy: ResolutionPolicy,
  { verifyContext }: CollectingMeans,
  hints: Hint[],
): Promise<Subject | null> {
  const values = valuesOf(incoming, contextHeader);
  if (!values) return null;
  const hint = proofHint("context", contextHeader);
  const [value = ""] = values;
  if (!verifyContext) {
    hints.push({ ...hint, ignored: "This service takes nobody's contexts." });
    return null;
  }
  if (values.length > 1 || value === "" || value.includes(",")) {
    hints.push({ ...hint, malformed: "There is not exactly one context." });
    return null;
  }
  const { method, path } = incoming;
  const expected = { method, path, bodyDigest: () => incoming.bodyDigest() };
  try {
    const context = await verifyContext(value, expected);
    const because = `signed by ${context.issuer}`;
    hints.push({ ...hint, raw: [context.tenant], trusted: true, because });
    return context.subject;
  } catch (error) {
    hints.push(unproven(hint, error, { hints, policy }));
    return null;
  }
}

/** What does not verify is a malformed hint. Not being able to tell is no verdict: it is thrown. */
function unproven(hint: Hint, error: unknown, { hints, policy }: SoFar): Hint {
  if (!isFreeholdError(error)) throw error;
  if (error.code !== "unavailable") return { ...hint, malformed: "It does not verify." };
  const readings = readHints([...hints, { ...hint, ignored: "It cannot be checked." }], policy);
  const refusal = { refused: error.code, message: error.message };
  const explanation = explain({ policy, readings, found: null }, refusal);
  throw new FreeholdError(error.code, error.message, { explanation, cause: error });
}

interface SoFar {
  hints: readonly Hint[];
  policy: ResolutionPolicy;
}

async function collectOwn(incoming: Incoming, means: CollectingMeans, hints: Hint[]): Promise<void> {
  for (const contributor of means.contributors.toSorted((a, b) => a.order - b.order)) {
    const hint = await contributor.collect(incoming);
    if (!hint) continue;
    if (builtInSources.has(hint.source) || hint.source !== contributor.source)
      throw new TypeError(
        `A contributor must name its hint "${contributor.source}", and no built-in source.`,
      );
    hints.push(hint);
  }
}

function proofHint(source: "token" | "context", label: string): Hint {
  return { source, raw: [], trusted: false, names: "tenant", label, because: "not verified" };
}

function defaultHint(tenant: string): Hint {
  return {
    source: "default",
    raw: [tenant],
    trusted: false,
    names: "tenant",
    label: "default",
    because: "the request says nothing",
  };
}

const kinds = /^(user|service|system):(.+)$/s;

/** `kind:id` as Freehold writes it; another issuer's subject is a user. */
function subjectOf(subject: string): Subject {
  const [, kind = "user", id = subject] = kinds.exec(subject) ?? [];
  return { kind, id };
}
