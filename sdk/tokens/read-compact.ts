import { parseStrictly } from "./strict-json.ts";

/** A signed token taken apart. Nothing in it is proven yet. */
export interface CompactToken {
  header: { alg: string; kid: string; typ: string };
  claims: Readonly<Record<string, unknown>>;
}

/** In characters, which are bytes in any token that is taken. */
export const longestToken = 8_192;

const shape = /^([\w-]{2,2048})\.([\w-]{2,8192})\.[\w-]{2,1024}$/;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// They change how a token has to be read, or bring a key of the sender's own.
const refused = ["crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c"];

/** Reads a compact JWS with one strict form; null for anything else, at most 8 KB of it. */
export function readCompact(token: string): CompactToken | null {
  if (token.length > longestToken) return null;
  const [, header, claims] = shape.exec(token) ?? [];
  const read = headerOf(header);
  const said = read && parsed(claims);
  return read && said ? { header: read, claims: said } : null;
}

function headerOf(segment: string | undefined): CompactToken["header"] | null {
  const header = parsed(segment);
  if (!header || refused.some((key) => Object.hasOwn(header, key))) return null;
  const { alg, kid, typ } = header;
  if (typeof alg !== "string" || typeof kid !== "string" || typeof typ !== "string") return null;
  return /^[\x21-\x7e]{1,256}$/.test(kid) ? { alg, kid, typ: mediaType(typ) } : null;
}

function parsed(segment: string | undefined): Readonly<Record<string, unknown>> | null {
  if (segment === undefined) return null;
  try {
    return parseStrictly(decoder.decode(Buffer.from(segment, "base64url")));
  } catch {
    // Bytes that are no UTF-8.
    return null;
  }
}

/** `application/at+jwt` and `AT+JWT` are the same media type. */
function mediaType(typ: string): string {
  const lower = typ.toLowerCase();
  return lower.startsWith("application/") ? lower.slice("application/".length) : lower;
}
