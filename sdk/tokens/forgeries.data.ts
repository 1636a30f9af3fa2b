import { ids } from "../testing/catalog.data.ts";
import { goodClaims, goodHeader } from "../testing/tokens.ts";

/** A token with one thing wrong, signed by the issuer's own key. */
interface Forgery {
  what: string;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** Claims to leave out. */
  without?: string;
  /** The text of the header or the claims, where no object can say it. */
  headerText?: (good: string) => string;
  claimsText?: (good: string) => string;
}

const now = Math.floor(Date.now() / 1000);
const jwk = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const twice = (key: string, value: string) => (good: string) => good.replace("{", `{"${key}":"${value}",`);

/** All of them are refused, each with the same answer. */
export const forgeries: readonly Forgery[] = [
  { what: "an algorithm of its own: none", header: { alg: "none" } },
  { what: "none in other letters", header: { alg: "nOnE" } },
  { what: "a shared secret's algorithm", header: { alg: "HS256" } },
  { what: "an algorithm that is not on the list", header: { alg: "ES256" } },
  { what: "RSA with padding that is not on the list", header: { alg: "PS256" } },
  { what: "no algorithm", header: { alg: undefined } },
  { what: "algorithms in an array", header: { alg: ["EdDSA"] } },
  { what: "no key id", header: { kid: undefined } },
  { what: "an empty key id", header: { kid: "" } },
  { what: "a key id that climbs", header: { kid: "../../../dev/null" } },
  { what: "a key id with a statement in it", header: { kid: "k1' OR '1'='1" } },
  { what: "a key id that is a number", header: { kid: 1 } },
  { what: "a key id of 300 letters", header: { kid: "k".repeat(300) } },
  { what: "an unknown key id", header: { kid: "k2" } },
  { what: "a key of its own", header: { jwk } },
  { what: "a place to fetch keys from", header: { jku: "https://evil.example/jwks.json" } },
  { what: "a place to fetch certificates from", header: { x5u: "https://evil.example/cert.pem" } },
  { what: "certificates of its own", header: { x5c: ["MIIB"] } },
  { what: "a critical extension", header: { crit: ["exp"] } },
  { what: "an unencoded payload", header: { b64: false, crit: ["b64"] } },
  { what: "compression", header: { zip: "DEF" } },
  { what: "the type of an ID token", header: { typ: "JWT" } },
  { what: "the type of a context", header: { typ: "freehold-context+jwt" } },
  { what: "no type", header: { typ: undefined } },
  { what: "an end 6 s ago", claims: { exp: now - 6 } },
  { what: "an end in the year 1e300", claims: { exp: 1e300 } },
  { what: "an end that is text", claims: { exp: String(now + 300) } },
  { what: "an end that is null", claims: { exp: null } },
  { what: "a beginning in a minute", claims: { nbf: now + 60 } },
  { what: "a beginning that is text", claims: { nbf: "now" } },
  { what: "an issue in a minute", claims: { iat: now + 60 } },
  { what: "an issue in the far future", claims: { iat: 4_000_000_000, exp: 4_000_000_300 } },
  { what: "an issue before the longest age", claims: { iat: now - 3_700 } },
  { what: "an issue before 1970", claims: { iat: -1 } },
  { what: "another issuer", claims: { iss: "https://evil.example" } },
  { what: "the issuer with a slash", claims: { iss: "https://issuer.test/" } },
  { what: "issuers in an array", claims: { iss: ["https://issuer.test"] } },
  { what: "a prototype as issuer", claims: { iss: "__proto__" } },
  { what: "another audience", claims: { aud: "assessments" } },
  { what: "audiences without this one", claims: { aud: ["a", "b"] } },
  { what: "an audience that is an object", claims: { aud: { students: true } } },
  { what: "an audience among numbers", claims: { aud: ["students", 1] } },
  { what: "an empty subject", claims: { sub: "" } },
  { what: "a subject that is a number", claims: { sub: 7 } },
  ...["iss", "sub", "aud", "exp", "iat", "tid"].map((claim) => ({ what: `no ${claim}`, without: claim })),
  { what: "9 KB", claims: { padding: "x".repeat(9_000) } },
  { what: "1 MB of tenant", claims: { tid: "a".repeat(1_048_576) } },
  { what: "two tenants", claimsText: twice("tid", ids.bob) },
  { what: "the same tenant twice", claimsText: twice("tid", ids.ann) },
  { what: "a tenant and the same key escaped", claimsText: twice("t\\u0069d", ids.bob) },
  { what: "two audiences", claimsText: twice("aud", "assessments") },
  { what: "two keys inside another claim", claimsText: (good) => good.replace("{", '{"x":{"a":1,"a":2},') },
  { what: "two algorithms", headerText: twice("alg", "none") },
  { what: "two key ids", headerText: twice("kid", "k2") },
  { what: "claims that are an array", claimsText: (good) => `[${good}]` },
  { what: "claims that are text", claimsText: () => '"ann"' },
  { what: "claims that are no JSON", claimsText: (good) => good.slice(1) },
  { what: "claims with something behind them", claimsText: (good) => `${good}{}` },
  { what: "claims behind a byte order mark", claimsText: (good) => `\ufeff${good}` },
  { what: "a header that is null", headerText: () => "null" },
];

/** The texts of a forgery. */
export function textsOf({ header, claims, without, headerText, claimsText }: Forgery) {
  const said = { ...goodClaims(), ...claims };
  if (without !== undefined) delete said[without];
  const texts = { header: JSON.stringify({ ...goodHeader("k1"), ...header }), claims: JSON.stringify(said) };
  return {
    header: headerText?.(texts.header) ?? texts.header,
    claims: claimsText?.(texts.claims) ?? texts.claims,
  };
}
