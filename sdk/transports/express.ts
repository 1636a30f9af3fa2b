import type { ErrorRequestHandler, Request, RequestHandler } from "express";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { incomingOfMessage, resolveHttp, type HttpOptions } from "./http-incoming.ts";
import type { TenantResolver } from "./incoming.ts";
import { sendProblem } from "./node.ts";
import { problemOf } from "./refusal.ts";

declare global {
  namespace Express {
    interface Request {
      /** Whose request this is, after the middleware of `@freehold/sdk/express`. */
      tenant?: TenantContext;
    }
  }
}

/**
 * Middleware for Express 5: sets `req.tenant`, or hands the refusal to the error handlers. It stands
 * before body parsers, so that the body can be checked against a signed context; where a parser has
 * to run first, let it keep the bytes as `req.rawBody`. The address of the connection decides what
 * hop this is, not `req.ip` and "trust proxy".
 */
export function resolveTenant(resolver: TenantResolver, options: HttpOptions<Request> = {}): RequestHandler {
  return async (request, _response, next) => {
    const incoming = incomingOfMessage(request, request.originalUrl, options.mostBodyBytes);
    request.tenant = await resolveHttp(resolver, incoming, request, options);
    next();
  };
}

/** Whose request this is; throws when the middleware did not run before. */
export function tenantOf(request: Request): TenantContext {
  if (!request.tenant) throw new Error("No tenant: put resolveTenant before this handler.");
  return request.tenant;
}

/** An error handler that answers refusals with their problem documents and passes all else on. */
export function answerRefusals(): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const problem = problemOf(error);
    if (problem) sendProblem(response, problem);
    else next(error);
  };
}
