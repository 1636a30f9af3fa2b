import type { NextRequest } from "next/server.js";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { withTenant, type FetchOptions } from "./fetch.ts";
import type { TenantResolver } from "./incoming.ts";

/** What a route handler of the App Router gets besides its request. */
export interface TenantRouteContext<Params> {
  tenant: TenantContext;
  params: Promise<Params>;
}

export type TenantRouteHandler<Params> = (
  request: NextRequest,
  context: TenantRouteContext<Params>,
) => Response | Promise<Response>;

/**
 * A function that makes route handlers of the App Router which have a tenant:
 * `export const GET = route(async (request, { tenant, params }) => …)`. Next does not tell who is at
 * the other end of the connection, so no hop is trusted: the tenant comes from a token, a signed
 * context or a session. Refusals are answered with their problem documents, other errors are Next's.
 */
export function createTenantRoutes(
  resolver: TenantResolver,
  options: Pick<FetchOptions<[]>, "session" | "mostBodyBytes"> = {},
) {
  return <Params = Record<string, never>>(handle: TenantRouteHandler<Params>) =>
    (request: NextRequest, { params }: { params: Promise<Params> }): Promise<Response> => {
      const answer = withTenant(resolver, (_, tenant) => handle(request, { tenant, params }), options);
      return answer(request);
    };
}
