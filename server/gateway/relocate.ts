import type { IncomingHttpHeaders } from "node:http";

const authority = /^(?:https?:)?\/\/[^/?#]*/i;
const names = ["location", "content-location"] as const;

/**
 * An upstream that names itself by its own origin leads clients to an address that is not theirs:
 * `asked`, the origin that the client asked, takes its place. Other origins and paths stay.
 */
export function relocate(
  headers: IncomingHttpHeaders,
  { upstream, asked }: { upstream: string; asked: () => string },
): IncomingHttpHeaders {
  for (const name of names) {
    const value = headers[name];
    if (typeof value !== "string" || !authority.test(value)) continue;
    // A function: what the client sent as its host is no pattern.
    if (URL.parse(value, upstream)?.origin === upstream)
      headers[name] = value.replace(authority, () => asked());
  }
  return headers;
}
