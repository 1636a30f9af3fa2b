import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type httpProxy from "@fastify/http-proxy";
import type { Dispatcher } from "undici";
import type { FastifyReply, FastifyRequest } from "fastify";
import { logger } from "@/server/kernel/logger";
import { answeredHeaders, askedOrigin, forwardedHeaders } from "./forwarded-headers";
import type { Parts } from "./parts";
import { passageOf, serviceOf } from "./passage";
import { GatewayError, methods } from "./refusal";
import { refuse } from "./refuse";
import { relocate } from "./relocate";
import type { AnswerBody, UpstreamClient } from "./upstream-client";

type ProxyOptions = Parameters<typeof httpProxy>[1];
type ReplyOptions = NonNullable<ProxyOptions["replyOptions"]>;

// The library asks for no more of a client than this one has, and hands back the body that it gave.
const asDispatcher = (client: UpstreamClient) => client as unknown as { request: Dispatcher["request"] };
// The library serves HTTP/2 as well; this server does not.
const asHttp1 = (raw: unknown) => raw as ServerResponse;
const asOutgoing = (headers: object) => headers as OutgoingHttpHeaders;
const asBody = (stream: unknown) => stream as AnswerBody;

const noType = "application/octet-stream";

/** How the proxy library sends a request on. */
export function proxyOptions(parts: Parts, client: UpstreamClient): ProxyOptions {
  const options = replyOptions(parts);
  const forward = (request: FastifyRequest, reply: FastifyReply) => {
    const { body } = request;
    if (!Buffer.isBuffer(body) || body.length === 0) return reply.from(undefined, options);
    const contentType = request.headers["content-type"] ?? noType;
    return reply.from(undefined, { ...options, body, contentType });
  };
  return {
    upstream: "",
    // The library for preflights has a route of its own for OPTIONS.
    httpMethods:
      parts.settings.corsOrigins.length > 0 ? methods.filter((each) => each !== "OPTIONS") : methods,
    proxyPayloads: false,
    disableRequestLogging: true,
    undici: asDispatcher(client),
    replyOptions: options,
    // Target and upstream are known: the library's own way to them, which follows, would parse the URL three times.
    preHandler(request, reply) {
      const signing = parts.gatekeeper.sign(passageOf(request), request.raw, request.body);
      if (!signing) forward(request, reply);
      else
        signing.then(
          () => forward(request, reply),
          (error: unknown) => reply.send(error),
        );
    },
  };
}

function replyOptions({ settings: { hostHeader, corsOrigins }, means }: Parts): ReplyOptions {
  return {
    // Whoever asks once is asked once upstream: repeating is for the client, who knows what it does.
    retriesCount: 0,
    retryDelay: () => null,
    getUpstream: (request) => passageOf(request).route.origin,
    rewriteRequestHeaders(request, headers) {
      const sent = forwardedHeaders(request.raw, headers, {
        signed: passageOf(request).signed,
        requestId: request.id,
        hostHeader,
        isTrustedHop: means.isTrustedHop,
      });
      if (request.headers["content-type"] === undefined) delete sent["content-type"];
      return sent;
    },
    rewriteHeaders(headers, request) {
      const kept = answeredHeaders(headers, { withCors: corsOrigins.length === 0 });
      if (!request) return kept;
      const { origin } = passageOf(request).route;
      return relocate(kept, { upstream: origin, asked: () => askedOrigin(request.raw, means.isTrustedHop) });
    },
    onResponse(_request, reply, { stream }) {
      const body = asBody(stream);
      // Its tenant was suspended while the service worked: nobody reads this any longer.
      if (reply.sent) return body.destroy();
      reply.hijack();
      const response = asHttp1(reply.raw);
      response.writeHead(reply.statusCode, asOutgoing(reply.getHeaders()));
      body.sendTo(response);
    },
    onError(reply, { error }) {
      const { request } = reply;
      const refusal = upstreamError(error);
      logger.warn({ request: request.id, service: serviceOf(request.passage), err: error }, refusal.code);
      request.refusedAs = refuse(refusal, reply);
    },
  };
}

const timeouts = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "FST_REPLY_FROM_GATEWAY_TIMEOUT",
]);

function upstreamError(error: Error): GatewayError {
  const codes = [error, error.cause].map((each) =>
    each instanceof Error && "code" in each ? String(each.code) : "",
  );
  return codes.some((code) => timeouts.has(code))
    ? new GatewayError("upstream_timeout", "The service did not answer in time.", { cause: error })
    : new GatewayError("upstream_unavailable", "The service cannot be reached.", { cause: error });
}
