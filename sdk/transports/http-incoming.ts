import type { IncomingMessage } from "node:http";
import type { TextMapGetter } from "@opentelemetry/api";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { digestOfMessage, digestOfRequest, longestBody } from "./request-body.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";

export type Session = NonNullable<Incoming["session"]>;

/** What every HTTP transport can be told. `Source` is the request as the framework gives it. */
export interface HttpOptions<Source> {
  /** What the service's own session says of this caller; null: there is none. */
  session?: (source: Source) => Session | null | Promise<Session | null>;
  /** The longest body, in bytes, that a signed context may cover. 1 MiB unless given; longer ones are `invalid`. */
  mostBodyBytes?: number;
}

/** Reads headers as they came over the wire: a line that is there twice gives two keys and two values. */
export const messageGetter: TextMapGetter<IncomingMessage> = {
  keys({ rawHeaders }) {
    const keys: string[] = [];
    for (let index = 0; index < rawHeaders.length; index += 2)
      keys.push((rawHeaders[index] ?? "").toLowerCase());
    return keys;
  },
  get({ rawHeaders }, key) {
    const values: string[] = [];
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index];
      if (name?.length === key.length && name.toLowerCase() === key) values.push(rawHeaders[index + 1] ?? "");
    }
    return values.length > 1 ? values : values[0];
  },
};

/** Fetch joins lines of one name with ", ", which no value that names a tenant may hold. */
export const headersGetter: TextMapGetter<Headers> = {
  keys: (headers) => [...headers.keys()],
  // Names such as ":authority" are of other carriers, and no names to Fetch.
  get: (headers, key) => (key.startsWith(":") ? undefined : (headers.get(key) ?? undefined)),
};

/** A request of `node:http`. `target` is the request target as it came: frameworks rewrite `url`. */
export function incomingOfMessage(
  request: IncomingMessage,
  target: string,
  mostBodyBytes = longestBody,
): Incoming<IncomingMessage> {
  let digest: Promise<string> | undefined;
  return {
    transport: "http",
    carrier: request,
    getter: messageGetter,
    method: request.method ?? "GET",
    path: target,
    peer: request.socket.remoteAddress ?? null,
    bodyDigest: () => (digest ??= digestOfMessage(request, mostBodyBytes)),
  };
}

/** A Fetch request, which does not tell who is at the other end of its connection. */
export function incomingOfRequest(
  request: Request,
  peer: string | null,
  mostBodyBytes = longestBody,
): Incoming<Headers> {
  let digest: Promise<string> | undefined;
  return {
    transport: "http",
    carrier: request.headers,
    getter: headersGetter,
    method: request.method,
    path: targetOf(request.url),
    peer,
    bodyDigest: () => (digest ??= digestOfRequest(request, mostBodyBytes)),
  };
}

/** Resolves it with what the service's own session says, when it keeps sessions. */
export async function resolveHttp<Source>(
  resolver: TenantResolver,
  incoming: Incoming,
  source: Source,
  options: HttpOptions<Source>,
): Promise<TenantContext> {
  const session = options.session && (await options.session(source));
  return resolver.resolve(session ? { ...incoming, session } : incoming);
}

function targetOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("://") + 3);
  const fragment = url.indexOf("#", path);
  return path < 0 ? "/" : url.slice(path, fragment < 0 ? undefined : fragment);
}
