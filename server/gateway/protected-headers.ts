/** Headers that say whose a request is or where it came from: only a gateway or a hop in front of it writes them. */
const names = new Set([
  "x-tenant-id",
  "x-environment-id",
  "x-organization-id",
  "tenant-id",
  "tenant-id-bin",
  "forwarded",
  "x-real-ip",
  "x-request-id",
  "x-original-url",
  "x-original-host",
  "x-rewrite-url",
  "x-http-method-override",
]);
const prefixes = ["x-forwarded-", "x-freehold-"];

/** Belong to one connection, never to the next. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
]);

/** `name` in lower case. */
export function isProtected(name: string): boolean {
  return names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** `name` in lower case. */
export function isHopByHop(name: string): boolean {
  return hopByHop.has(name);
}

/** May not be taken off a request by naming it in `Connection`. */
export function isEndToEnd(name: string): boolean {
  return isProtected(name) || endToEnd.has(name);
}

const endToEnd = new Set([
  "authorization",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "origin",
  "transfer-encoding",
]);

/** There may be one of each: whoever reads the second would see another request. */
export const single = new Set([
  "authorization",
  "content-length",
  "content-type",
  "expect",
  "host",
  "origin",
  "sec-websocket-key",
  "sec-websocket-version",
  "tenant-id",
  "transfer-encoding",
  "upgrade",
  "x-environment-id",
  "x-freehold-context",
  "x-tenant-id",
]);
