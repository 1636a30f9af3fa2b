import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from "jose";
import { longestToken, readCompact, type CompactToken } from "@/sdk/tokens/read-compact";
import type { TokenIssuer } from "@/sdk/tokens/verify-token";

/** An issuer whose keys are at hand, as the verifier was given it. */
export interface KnownIssuer extends TokenIssuer {
  keys: JSONWebKeySet;
}

const toleranceSeconds = 5;

/**
 * Everything that is wrong with a token that the verifier has refused, a sentence each. A client
 * never learns it. `audience` is null when it was not asked about.
 */
export async function diagnoseToken(
  token: string,
  issuers: readonly KnownIssuer[],
  audience: string | null,
): Promise<string[]> {
  if (token.length > longestToken)
    return [`It is longer than ${longestToken.toLocaleString("en")} characters.`];
  const compact = readCompact(token);
  if (!compact) return [whyUnreadable(token)];
  const { iss } = compact.claims;
  const issuer = issuers.find((known) => known.issuer === iss);
  if (!issuer)
    return [
      `Its issuer is ${shown(iss)}, and tokens of ${issuers.map((one) => one.issuer).join(" and ")} are taken.`,
    ];
  return [
    ...headerFaults(compact, issuer),
    ...(await signatureFaults(token, compact, issuer)),
    ...claimFaults(compact.claims, issuer, audience),
  ];
}

function whyUnreadable(token: string): string {
  if (token === "") return "There is no token after Bearer.";
  if (token.startsWith("fh_")) return "It is an API key of Freehold, and no token.";
  if (token.startsWith("fhs_")) return "It is a service's key of Freehold, and no token.";
  const parts = token.split(".");
  if (parts.length === 5) return "It is encrypted, and only signed tokens are taken.";
  if (parts.length !== 3) return "It is no signed token: those have three parts with dots between.";
  const header = headerOf(parts[0] ?? "");
  if (!header) return "Its header is no JSON.";
  const brought = ["crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c"].find((key) =>
    Object.hasOwn(header, key),
  );
  if (brought) return `Its header has ${brought}, which is never followed.`;
  const missing = ["alg", "kid", "typ"].find((key) => typeof header[key] !== "string");
  if (missing) return `Its header has no ${missing}.`;
  return "It is not in the one form that is taken: base64url, and JSON in which no key is twice.";
}

function headerOf(part: string): Record<string, unknown> | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof header === "object" && header !== null ? { ...header } : null;
  } catch {
    return null;
  }
}

function headerFaults(
  { header }: CompactToken,
  { algorithms = ["EdDSA"], type = "at+jwt" }: KnownIssuer,
): string[] {
  const faults: string[] = [];
  if (!algorithms.some((algorithm) => algorithm === header.alg))
    faults.push(`It is signed by ${shown(header.alg)}, and ${algorithms.join(" or ")} is taken.`);
  if (header.typ !== type) faults.push(`It is of type ${shown(header.typ)}, and ${type} is taken.`);
  return faults;
}

async function signatureFaults(
  token: string,
  { header }: CompactToken,
  issuer: KnownIssuer,
): Promise<string[]> {
  const key = shown(header.kid);
  if (!issuer.keys.keys.some(({ kid }) => kid === header.kid))
    return [`Its key ${key} is none that the issuer publishes.`];
  try {
    await compactVerify(token, createLocalJWKSet(issuer.keys));
    return [];
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return [`Its signature was not made with the key ${key}.`];
    return [`It cannot be checked with the key ${key}.`];
  }
}

function claimFaults(claims: CompactToken["claims"], issuer: KnownIssuer, audience: string | null): string[] {
  const missing = ["sub", "aud", "iat", "exp"].filter((claim) => !Object.hasOwn(claims, claim));
  const faults = missing.map((claim) => `It has no claim ${claim}.`);
  const aud = [claims["aud"]].flat();
  if (audience !== null && !missing.includes("aud") && !aud.includes(audience))
    faults.push(`It is for ${aud.map(shown).join(", ")}, and ${audience} was asked.`);
  return [...faults, ...timeFaults(claims, issuer)];
}

function timeFaults(
  { exp, iat, nbf }: CompactToken["claims"],
  { maxAgeSeconds = 3600 }: KnownIssuer,
): string[] {
  const now = Date.now() / 1000;
  const faults: string[] = [];
  if (typeof exp === "number" && exp <= now - toleranceSeconds)
    faults.push(`It expired ${lengthOf(now - exp)} ago.`);
  if (typeof iat === "number" && iat > now + toleranceSeconds)
    faults.push(`It was issued in the future: ${lengthOf(iat - now)} from now.`);
  if (typeof nbf === "number" && nbf > now + toleranceSeconds)
    faults.push(`It is not good before ${lengthOf(nbf - now)} from now.`);
  if (typeof iat === "number" && faults.length === 0 && now - iat > maxAgeSeconds + toleranceSeconds)
    faults.push(
      `It was issued ${lengthOf(now - iat)} ago, and after ${lengthOf(maxAgeSeconds)} none is taken.`,
    );
  return faults;
}

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A time as people say it: "3 minutes". */
export function lengthOf(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ["second", 1];
  const count = Math.max(1, Math.floor(seconds / size));
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}

/** A value out of a token that nobody has vouched for: short, printable, never a whole token. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const printable = text.replaceAll(/[^\x20-\x7e]/g, "?");
  return `"${printable.length > 60 ? `${printable.slice(0, 59)}…` : printable}"`;
}
