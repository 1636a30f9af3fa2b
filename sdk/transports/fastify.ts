import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { contextHeader } from "../tokens/claims.ts";
import { incomingOfMessage, resolveHttp, type HttpOptions } from "./http-incoming.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";
import { problemOf } from "./refusal.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Whose request this is. Throws where the plugin of `@freehold/sdk/fastify` does not resolve tenants. */
    readonly tenant: TenantContext;
  }
}

export interface FastifyTenantOptions extends HttpOptions<FastifyRequest> {
  resolver: TenantResolver;
  /** When: as the request comes in, or after parsing for services whose sessions are made later. "onRequest" unless given. */
  hook?: "onRequest" | "preValidation";
}

const tenants = new WeakMap<FastifyRequest, TenantContext>();
const underWay = new WeakMap<FastifyRequest, Incoming>();

/**
 * Gives every request of the scope that it is registered in its `request.tenant`: routes of that
 * scope and below, and no others. A request without a tenant is answered with its problem document.
 * What handlers throw goes to the scope's error handler: `setErrorHandler(answerRefusals)`.
 */
export const tenantPlugin: FastifyPluginAsync<FastifyTenantOptions> = async (scope, options) => {
  const incomingOf = ({ raw, originalUrl }: FastifyRequest) =>
    incomingOfMessage(raw, originalUrl, options.mostBodyBytes);
  const resolve = async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      const incoming = underWay.get(request) ?? incomingOf(request);
      tenants.set(request, await resolveHttp(options.resolver, incoming, request, options));
    } catch (error) {
      return answerRefusals(error, request, reply);
    }
  };
  if (!scope.hasRequestDecorator("tenant")) scope.decorateRequest("tenant", { getter: tenantOf });
  if (options.hook === "preValidation") {
    scope.addHook("preParsing", async (request, reply) => {
      if (request.headers[contextHeader] === undefined) return undefined;
      const incoming = incomingOf(request);
      underWay.set(request, incoming);
      try {
        // Parsing uses the body up, so its digest is taken before.
        await incoming.bodyDigest();
      } catch (error) {
        answerRefusals(error, request, reply);
      }
      return undefined;
    });
  }
  scope.addHook(options.hook ?? "onRequest", resolve);
};

// What the plugin adds belongs to the scope that registers it, and not to a scope of its own.
Object.assign(tenantPlugin, {
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "@freehold/sdk/fastify",
  [Symbol.for("plugin-meta")]: { name: "@freehold/sdk/fastify", fastify: "5.x" },
});

function tenantOf(this: FastifyRequest): TenantContext {
  const tenant = tenants.get(this);
  if (!tenant) throw new Error("No tenant: this route is outside the scope of the tenant plugin.");
  return tenant;
}

/** An error handler that answers refusals with their problem documents and leaves all else to the scope above. */
export function answerRefusals(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (!problem) throw error;
  return reply.code(problem.status).headers(problem.headers).send(problem.body);
}
