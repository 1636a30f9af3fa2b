import type { IncomingMessage } from "node:http";
import { isEndToEnd, isProtected, single } from "./protected-headers";
import { GatewayError, methods } from "./refusal";

/** Limits of one request's head. A longer one is refused before it is looked at. */
export const headLimits = { bytes: 16 * 1024, headers: 100, url: 8 * 1024 } as const;

// What the URL parsers of this world pass on as it is: what is signed is what arrives.
const path = /^\/(?:[\w\-.~!$&'()*+,;=:@/[\]|]|%[0-9a-fA-F]{2})*$/;
const query = /^[\x21\x24-\x7e]*$/;
const dotSegment = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** Refuses what two programs could read as two different requests. Looks at the bytes as they came. */
export function admit(request: IncomingMessage): void {
  if (!methods.includes(request.method ?? ""))
    throw new GatewayError("method_not_allowed", "This method is not passed on.");
  admitUrl(request.url ?? "");
  admitHeaders(request.rawHeaders);
  const { headers, method } = request;
  if (headers.expect !== undefined && !isContinue(headers.expect))
    throw new GatewayError("expectation_failed", "Nothing is expected here but 100-continue.");
  if (!headers.host) throw new GatewayError("invalid", "The request names no host.");
  if (headers["transfer-encoding"] !== undefined && headers["transfer-encoding"].toLowerCase() !== "chunked")
    throw new GatewayError("invalid", "No transfer coding but chunked is taken.");
  const hasBody = headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
  if (hasBody && (method === "GET" || method === "HEAD"))
    throw new GatewayError("invalid", `A ${method} request has no body.`);
  for (const named of listed(headers.connection))
    if (isEndToEnd(named))
      throw new GatewayError("invalid", "Connection names a header that is not its own.");
}

/** The one expectation that HTTP/1.1 knows. */
export const isContinue = (expect: string | undefined) => expect?.toLowerCase() === "100-continue";

function admitUrl(url: string): void {
  if (url.length > headLimits.url) throw new GatewayError("uri_too_long", "The URL is too long.");
  const mark = url.indexOf("?");
  const before = mark < 0 ? url : url.slice(0, mark);
  const isClean =
    path.test(before) &&
    !before.startsWith("//") &&
    !dotSegment.test(before) &&
    !/%00/.test(before) &&
    (mark < 0 || query.test(url.slice(mark + 1)));
  if (!isClean) throw new GatewayError("invalid", "The target of the request is malformed.");
}

function admitHeaders(raw: readonly string[]): void {
  if (raw.length > headLimits.headers * 2)
    throw new GatewayError("headers_too_large", "The request has too many headers.");
  const seen = new Set<string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    if (single.has(name)) {
      if (seen.has(name)) throw new GatewayError("invalid", "A header is there more than once.");
      seen.add(name);
    } else if (name.includes("_") && isEndToEnd(name.replaceAll("_", "-")))
      throw new GatewayError("invalid", "A header is spelled with an underscore.");
    else if (name.endsWith("-bin") && isProtected(name))
      throw new GatewayError("invalid", "A header is not for HTTP.");
  }
}

/** The names in a `Connection` header, in lower case. */
export function listed(connection: string | undefined): string[] {
  if (connection === undefined || connection === "keep-alive") return [];
  return connection
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
}
