import type { FastifyCorsOptions, FastifyCorsOptionsDelegateCallback } from "@fastify/cors";
import type { FastifyRequest } from "fastify";
import { methods } from "./refusal";

const shared: FastifyCorsOptions = {
  origin: true,
  methods,
  exposedHeaders: ["X-Request-Id", "Retry-After"],
  maxAge: 600,
};

/**
 * Which scripts of browsers may call, by the origin that they come from. A preflight from one of
 * them is answered here and goes no further: it carries no token, so it belongs to no tenant.
 */
export function browserRules(origins: readonly string[]): FastifyCorsOptionsDelegateCallback {
  const listed = new Set(origins);
  return (request, done) => done(null, isListed(request, listed) ? shared : { origin: false });
}

function isListed({ method, headers }: FastifyRequest, listed: ReadonlySet<string>): boolean {
  const { origin } = headers;
  const isPlainOptions = method === "OPTIONS" && headers["access-control-request-method"] === undefined;
  return origin !== undefined && listed.has(origin) && !isPlainOptions;
}
