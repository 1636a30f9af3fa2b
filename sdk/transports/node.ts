import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { incomingOfMessage, resolveHttp, type HttpOptions } from "./http-incoming.ts";
import type { TenantResolver } from "./incoming.ts";
import { failure, problemOf, type Problem } from "./refusal.ts";

export interface NodeOptions extends HttpOptions<IncomingMessage> {
  /** Hears of errors that are no refusals. Their callers are told that something went wrong. */
  onError: (error: unknown) => void;
}

export type TenantListener = (
  request: IncomingMessage,
  response: ServerResponse,
  tenant: TenantContext,
) => void | Promise<void>;

/**
 * A request listener for `node:http` that calls `handle` with the tenant of the request. A refusal,
 * of the resolver or of the handler, is answered with its problem document, any other error with a
 * 500. A response that had begun is cut off, so that nobody takes it for whole.
 */
export function withTenant(
  resolver: TenantResolver,
  handle: TenantListener,
  options: NodeOptions,
): RequestListener {
  return (request, response) => {
    void answer(request, response).catch((error: unknown) => {
      const problem = problemOf(error);
      if (!problem) options.onError(error);
      sendProblem(response, problem ?? failure);
    });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = incomingOfMessage(request, request.url ?? "", options.mostBodyBytes);
    await handle(request, response, await resolveHttp(resolver, incoming, request, options));
  }
}

/** Answers with a problem; a response that had begun is cut off. */
export function sendProblem(response: ServerResponse, { status, headers, body }: Problem): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, headers).end(body);
}
