import type { IncomingMessage } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { digestOfRequest, longestBody } from "./request-body.ts";
import { incomingOfMessage, incomingOfRequest, resolveHttp, type HttpOptions } from "./http-incoming.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";
import { problemOf, problemResponse } from "./refusal.ts";

/** What the middleware sets: `new Hono<TenantEnv>()`, or infer it from the middleware of a route. */
export interface TenantEnv {
  Variables: { tenant: TenantContext };
}

export interface HonoOptions extends HttpOptions<Context> {
  /**
   * The address at the other end of the connection: `(c) => getConnInfo(c).remote.address ?? null`
   * with the runtime's own `getConnInfo`. On `@hono/node-server` it is known without.
   */
  peer?: (context: Context) => string | null;
}

/**
 * Middleware for Hono: `c.get("tenant")`. Refusals, of the resolver and of handlers, are answered
 * with their problem documents unless the app's own `onError` gave them an answer; other errors
 * are the app's. On `@hono/node-server` headers are read as they came over the wire.
 */
export function resolveTenant(
  resolver: TenantResolver,
  options: HonoOptions = {},
): MiddlewareHandler<TenantEnv> {
  return async (c, next) => {
    try {
      c.set("tenant", await resolveHttp(resolver, incomingOf(c, options), c, options));
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return problemResponse(problem);
    }
    await next();
    const problem = c.res.status === 500 ? problemOf(c.error) : null;
    if (problem) c.res = problemResponse(problem);
  };
}

function incomingOf(c: Context, options: HonoOptions): Incoming {
  const message = messageOf(c.env);
  const incoming = message
    ? incomingOfMessage(message, message.url ?? "")
    : incomingOfRequest(c.req.raw, null, options.mostBodyBytes);
  let digest: Promise<string> | undefined;
  return {
    ...incoming,
    peer: options.peer ? options.peer(c) : incoming.peer,
    bodyDigest: () => (digest ??= digestOfBody(c, options.mostBodyBytes ?? longestBody)),
  };
}

/** What another middleware has read is kept by Hono. */
async function digestOfBody(c: Context, mostBytes: number): Promise<string> {
  const { raw } = c.req;
  return digestOfRequest(
    raw.bodyUsed ? new Request(raw.url, { method: "POST", body: await c.req.arrayBuffer() }) : raw,
    mostBytes,
  );
}

/** The request of `node:http` that `@hono/node-server` hands over. */
function messageOf(env: unknown): IncomingMessage | null {
  if (typeof env !== "object" || env === null || !("incoming" in env)) return null;
  return isMessage(env.incoming) ? env.incoming : null;
}

function isMessage(incoming: unknown): incoming is IncomingMessage {
  return (
    typeof incoming === "object" && incoming !== null && "rawHeaders" in incoming && "socket" in incoming
  );
}
