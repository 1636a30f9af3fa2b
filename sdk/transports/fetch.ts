import type { TenantContext } from "../resolution/tenant-context.ts";
import { incomingOfRequest, resolveHttp, type HttpOptions } from "./http-incoming.ts";
import type { TenantResolver } from "./incoming.ts";
import { problemOf, problemResponse } from "./refusal.ts";

export interface FetchOptions<Rest extends unknown[]> extends HttpOptions<Request> {
  /** The address at the other end of the connection, from what the server hands over besides the request. */
  peer?: (request: Request, ...rest: Rest) => string | null;
}

/** A handler that is only called for a request that has a tenant. */
export type TenantHandler<Rest extends unknown[]> = (
  request: Request,
  tenant: TenantContext,
  ...rest: Rest
) => Response | Promise<Response>;

/**
 * Resolves the tenant of a Fetch request and hands it to `handle`. A refusal, of the resolver or of
 * the handler, is answered with its problem document; other errors are the server's to answer. No
 * hop is trusted unless `options.peer` tells who sent the request.
 */
export function withTenant<Rest extends unknown[]>(
  resolver: TenantResolver,
  handle: TenantHandler<Rest>,
  options: FetchOptions<Rest> = {},
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    try {
      const peer = options.peer?.(request, ...rest) ?? null;
      const incoming = incomingOfRequest(request, peer, options.mostBodyBytes);
      const tenant = await resolveHttp(resolver, incoming, request, options);
      return await handle(request, tenant, ...rest);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return problemResponse(problem);
    }
  };
}
