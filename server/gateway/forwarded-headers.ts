import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isHopByHop, isProtected } from "./protected-headers";

type Asked = Pick<IncomingMessage, "headers" | "socket">;

export interface ForwardedBy {
  /** The tenant and what proves it. */
  signed: Readonly<Record<string, string>>;
  requestId: string;
  hostHeader: "upstream" | "client";
  isTrustedHop(peer: string | null): boolean;
}

/**
 * The headers that an upstream gets: the client's without those of the connection, without
 * its token and without anything that says whose it is, then the gateway's own.
 */
export function forwardedHeaders(
  request: Asked,
  headers: IncomingHttpHeaders,
  { signed, requestId, hostHeader, isTrustedHop }: ForwardedBy,
): IncomingHttpHeaders {
  const kept: IncomingHttpHeaders = {};
  for (const name in headers) if (isKept(name)) kept[name] = headers[name];
  if (hostHeader === "client") kept.host = request.headers.host;
  const { peer, before, host, scheme } = askedOf(request, isTrustedHop);
  kept["x-forwarded-for"] = [before["x-forwarded-for"] ?? [], peer].flat().join(", ");
  kept["x-forwarded-host"] = host;
  kept["x-forwarded-proto"] = scheme;
  kept["x-request-id"] = requestId;
  return Object.assign(kept, signed);
}

/** The origin that the client asked, as far as the gateway sees it or is told by a hop that it trusts. */
export function askedOrigin(request: Asked, isTrustedHop: ForwardedBy["isTrustedHop"]): string {
  const { host, scheme } = askedOf(request, isTrustedHop);
  // Of several hops, the first was asked by the client.
  return `${scheme}://${host.replace(/,.*/, "")}`;
}

function askedOf(request: Asked, isTrustedHop: ForwardedBy["isTrustedHop"]) {
  const peer = addressOf(request);
  const before: IncomingHttpHeaders = isTrustedHop(peer) ? request.headers : {};
  const host = first(before["x-forwarded-host"]) ?? request.headers.host ?? "";
  const scheme = first(before["x-forwarded-proto"]) === "https" ? "https" : "http";
  return { peer, before, host, scheme };
}

// A server that listens on IPv6 sees IPv4 addresses in a cloak.
const addressOf = ({ socket }: Asked) => socket.remoteAddress?.replace(/^::ffff:/, "") ?? "unknown";

/**
 * The headers of an upstream's answer, without what is between services; without what it says to
 * browsers of other origins where the gateway says that.
 */
export function answeredHeaders<Headers extends IncomingHttpHeaders>(
  headers: Headers,
  { withCors = true } = {},
): IncomingHttpHeaders {
  const kept: IncomingHttpHeaders = {};
  for (const name in headers)
    if (!isHopByHop(name) && !isProtected(name) && (withCors || !name.startsWith("access-control-")))
      kept[name] = headers[name];
  return kept;
}

function isKept(name: string): boolean {
  return name !== "authorization" && name !== "expect" && !isHopByHop(name) && !isProtected(name);
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
