import { errors, jwtVerify, type JWTPayload } from "jose";
import { FreeholdError } from "../errors/freehold-error.ts";
import { contextType, type SignedContext } from "./claims.ts";
import { ContextKeys, type ListKeys } from "./context-keys.ts";
import { ReplayMemory } from "./replay-memory.ts";
import { longestCall, longestMessage, readSubject } from "./signed-context.ts";

/** What a context has to be for. */
export interface ExpectedContext {
  method: string;
  path: string;
  /** Asked for last, when all else fits. */
  bodyDigest(): Promise<string>;
}

export interface VerifyingOptions {
  /** The name of this service in Freehold. A message's context names its queue or topic instead. */
  audience: string;
  /** The services and gateways whose contexts are taken. */
  trustedContexts: readonly string[];
  keys: ListKeys;
  /** How long keys serve while they cannot be asked for. */
  outageSeconds?: number;
  /** How many calls of the last two minutes are remembered; each takes 60 to 100 bytes. */
  rememberedCalls?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export type ContextVerifier = (token: string, expected: ExpectedContext) => Promise<SignedContext>;

const longestToken = 8_192;
const tolerance = 5;
const safeMethods = new Set(["GET", "HEAD", "OPTIONS", "message"]);

/**
 * Verifies contexts strictly; whatever is wrong with one, the refusal is the same `unauthenticated`,
 * with the reason as its cause. Besides that, `unavailable` without keys, and when there are more
 * calls than can be remembered.
 *
 * A context is taken once by a process, unless it is for a GET, HEAD or OPTIONS, or for a message,
 * which a broker may deliver again. Other processes of the service do not know: for up to 65 s, the
 * same call with the same body can be repeated at each of them.
 */
export function createContextVerifier(options: VerifyingOptions): ContextVerifier {
  const { now = Date.now, outageSeconds = 900, rememberedCalls = 250_000 } = options;
  const keys = new ContextKeys(options.keys, { now, outageSeconds });
  const trusted = new Set(options.trustedContexts);
  const taken = new ReplayMemory({ windowMs: (longestCall + 2 * tolerance) * 1_000, limit: rememberedCalls });

  return async (token, expected) => {
    const isMessage = expected.method === "message";
    const { payload, service } = await verifySignature(token, keys, now());
    const { claims, id } = readClaims(payload, isMessage ? longestMessage : longestCall);
    if (claims.issuer !== service || !trusted.has(service)) refuse("its signer is not on the list");
    if (claims.audience !== (isMessage ? expected.path : options.audience)) refuse("it is for somebody else");
    if (claims.method !== expected.method || claims.path !== expected.path) refuse("it is for another call");
    if (claims.bodyDigest !== (await expected.bodyDigest())) refuse("the body is another one");
    if (!safeMethods.has(expected.method) && !taken.take(id, now())) refuse("it has been there before");
    return claims;
  };
}

async function verifySignature(token: string, keys: ContextKeys, nowMs: number) {
  if (token.length > longestToken) refuse("it is too long");
  let service = "";
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const found = typeof kid === "string" ? await keys.find(kid) : null;
        if (!found) return refuse("its key is not known");
        service = found.service;
        return found.key;
      },
      { algorithms: ["EdDSA"], typ: contextType, clockTolerance: tolerance, currentDate: new Date(nowMs) },
    );
    // `currentDate` is for exp and nbf; that it was not signed in the future is left to us.
    if (typeof payload.iat !== "number" || payload.iat > nowMs / 1_000 + tolerance)
      refuse("iat is no past moment");
    return { payload, service };
  } catch (error) {
    if (error instanceof errors.JOSEError) return refuse(error.message);
    throw error;
  }
}

function readClaims(payload: JWTPayload, longest: number): { claims: SignedContext; id: string } {
  const text = (name: string) => {
    const value = payload[name];
    return typeof value === "string" && value !== "" ? value : refuse(`${name} is not a text`);
  };
  const { iat, exp, sub } = payload;
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) refuse("iat or exp is no moment");
  const lifetime = Number(exp) - Number(iat);
  if (lifetime <= 0 || lifetime > longest) refuse("it lives too long");
  const subject = sub === undefined ? null : (readSubject(text("sub")) ?? refuse("sub is no subject"));
  const id = text("jti");
  if (!/^[\w-]{16,64}$/.test(id)) refuse("jti is no id");
  const claims = {
    issuer: text("iss"),
    audience: text("aud"),
    tenant: text("tid"),
    subject,
    method: text("mth"),
    path: text("pth"),
    bodyDigest: text("bdh"),
    expiresAt: Number(exp),
  };
  return { claims, id };
}

function refuse(reason: string): never {
  const options = { cause: new Error(reason) };
  throw new FreeholdError("unauthenticated", "The signed context does not verify.", options);
}
