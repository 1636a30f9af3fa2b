import { errors, jwtVerify, type JSONWebKeySet, type JWTVerifyOptions } from "jose";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { VerifiedToken } from "./claims.ts";
import { longestToken, readCompact, type CompactToken } from "./read-compact.ts";
import { localKeys, RemoteKeys, type IssuerKeys } from "./remote-keys.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** How a token may be signed. A shared secret is none of them. */
export type TokenAlgorithm =
  | "EdDSA"
  | "Ed25519"
  | "ES256"
  | "ES384"
  | "ES512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "RS256"
  | "RS384"
  | "RS512";

/** Whose tokens are taken, and which of them. */
export interface TokenIssuer {
  /** The `iss` claim, exactly. */
  issuer: string;
  /** The `aud` claim has one of these. */
  audience: string | readonly string[];
  /** Where the issuer publishes its keys, or the keys themselves. */
  keys: URL | JSONWebKeySet;
  /** `EdDSA` if left out. */
  algorithms?: readonly TokenAlgorithm[];
  /** The type in the header: `at+jwt` if left out, so that an ID token is no access token. */
  type?: string;
  /** A token is refused this many seconds after it was issued, whatever its `exp`; 3600 if left out. */
  maxAgeSeconds?: number;
  /**
   * Whether this issuer may speak for a tenant. With several issuers each must have it: one
   * customer's identity provider must not mint tokens for another customer.
   */
  allowsTenant?: (tenant: string) => boolean | Promise<boolean>;
}

export interface TokenVerifierOptions {
  issuers: readonly TokenIssuer[];
  /** The claim that names the tenant; `tid` if left out. */
  claim?: string;
  /** Refuse a token without that claim. */
  requireClaim?: boolean;
  /** How many verified tokens are remembered; 10,000 if left out, 0 for none. */
  remembered?: number;
  /** After how many seconds keys are fetched anew; 600 if left out. */
  keysFreshSeconds?: number;
  /** How many seconds more known keys are used while the issuer cannot be reached; 900 if left out. */
  keysOutageSeconds?: number;
  /** How many seconds have to pass between two fetches of keys; 30 if left out. */
  keysCooldownSeconds?: number;
}

export interface TokenVerifier {
  /** @throws FreeholdError `unauthenticated`, always with the same message, or `unavailable`. */
  verify(token: string): Promise<VerifiedToken>;
  /**
   * What is remembered of a tenant's tokens, or of all with null, is void at once: the next use
   * verifies anew, with the keys and `allowsTenant` as they are then.
   */
  revoke(tenant: string | null): void;
}

const toleranceSeconds = 5;
const latestDate = 100_000_000_000;
const safeAlgorithms = /^(?:EdDSA|Ed25519|(?:ES|PS|RS)(?:256|384|512))$/;

interface Issuer {
  accepts: TokenIssuer;
  algorithms: string[];
  type: string;
  maxAgeSeconds: number;
  checks: JWTVerifyOptions;
  keys: IssuerKeys;
}

/**
 * Makes what verifies tokens: signature by the issuer's keys, `iss`, `aud`, `sub`, `exp`, `iat` and
 * type required, 5 s of tolerance, 8 KB at most. Throws TypeError for issuers that cannot be meant.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const issuers = prepareIssuers(options);
  const { claim = "tid", requireClaim = false, remembered = 10_000 } = options;
  const known = remembered > 0 ? new VerifiedTokens(remembered, toleranceSeconds) : null;
  const verifyAnew = async (text: string, digest: string): Promise<VerifiedToken> => {
    const compact = readCompact(text);
    const issuer = compact && typeof compact.claims.iss === "string" && issuers.get(compact.claims.iss);
    if (!compact || !issuer) throw refused();
    const said = Object.hasOwn(compact.claims, claim) ? compact.claims[claim] : undefined;
    if (requireClaim && said === undefined) throw refused();
    const moment = known?.now(issuer.keys, said);
    const token = await verifySigned(text, compact, issuer, said);
    if (known && moment) known.add(digest, token, moment);
    return token;
  };
  return {
    verify(text) {
      if (text.length > longestToken) return Promise.reject(refused());
      const digest = known ? known.digest(text) : "";
      return known?.find(digest) ?? verifyAnew(text, digest);
    },
    revoke: (tenant) => known?.revoke(tenant),
  };
}

function prepareIssuers(options: TokenVerifierOptions): ReadonlyMap<string, Issuer> {
  const { issuers } = options;
  const prepared = new Map(issuers.map((issuer) => [issuer.issuer, prepareIssuer(issuer, options)]));
  if (prepared.size !== issuers.length) throw new TypeError("An issuer is there twice.");
  if (issuers.length > 1 && !issuers.every(({ allowsTenant }) => allowsTenant))
    throw new TypeError("With several issuers, each says by allowsTenant which tenants it may name.");
  return prepared;
}

function prepareIssuer(accepts: TokenIssuer, options: TokenVerifierOptions): Issuer {
  const { issuer, keys, algorithms = ["EdDSA"], type = "at+jwt", maxAgeSeconds = 3_600 } = accepts;
  const audience = typeof accepts.audience === "string" ? [accepts.audience] : [...accepts.audience];
  if (issuer === "" || audience.length === 0 || audience.includes(""))
    throw new TypeError("An issuer has a name and an audience.");
  if (algorithms.length === 0 || !algorithms.every((algorithm) => safeAlgorithms.test(algorithm)))
    throw new TypeError("An issuer signs by public keys: EdDSA, ES…, PS… or RS….");
  return {
    accepts,
    algorithms: [...algorithms],
    type,
    maxAgeSeconds,
    checks: {
      algorithms: [...algorithms],
      issuer,
      audience,
      typ: type,
      clockTolerance: toleranceSeconds,
      maxTokenAge: maxAgeSeconds,
      requiredClaims: ["exp", "iat", "sub", "aud", "iss"],
    },
    keys: keys instanceof URL ? new RemoteKeys(keys, keyTimes(options)) : localKeys(keys),
  };
}

function keyTimes(options: TokenVerifierOptions) {
  return {
    freshSeconds: options.keysFreshSeconds ?? 600,
    outageSeconds: options.keysOutageSeconds ?? 900,
    cooldownSeconds: options.keysCooldownSeconds ?? 30,
  };
}

async function verifySigned(
  text: string,
  { header, claims }: CompactToken,
  issuer: Issuer,
  tenant: unknown,
): Promise<VerifiedToken> {
  if (header.typ !== issuer.type || !issuer.algorithms.includes(header.alg)) throw refused();
  const { sub, iat, exp, aud } = claims;
  if (!isName(sub) || !isDate(iat) || !isDate(exp)) throw refused();
  const audience = Array.isArray(aud) ? aud : [aud];
  if (!audience.every(isName)) throw refused();
  const key = issuer.keys.peek(header) ?? (await issuer.keys.find(header));
  if (!key) throw refused();
  try {
    await jwtVerify(text, key, issuer.checks);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused();
    throw error;
  }
  const { allowsTenant } = issuer.accepts;
  if (allowsTenant && tenant !== undefined && !(typeof tenant === "string" && (await allowsTenant(tenant))))
    throw refused();
  return {
    issuer: issuer.accepts.issuer,
    subject: sub,
    audience,
    tenant,
    expiresAt: Math.min(exp, iat + issuer.maxAgeSeconds),
    keyId: header.kid,
    claims,
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Seconds since 1970, until the year 5138. */
function isDate(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value < latestDate;
}

/** One answer for all that can be wrong with a token: which check failed helps only who forges. */
function refused(): FreeholdError {
  return new FreeholdError("unauthenticated", "A valid token is required.");
}
