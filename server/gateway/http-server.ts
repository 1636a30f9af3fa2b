import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import cors from "@fastify/cors";
import httpProxy from "@fastify/http-proxy";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { headLimits, isContinue } from "./admit";
import { browserRules } from "./browsers";
import { endWith } from "./end-with";
import { proxyOptions } from "./forward";
import { serviceOf } from "./passage";
import type { Parts } from "./parts";
import { GatewayError, problemBytes, problemOf, refusalOf } from "./refusal";
import { refuse } from "./refuse";
import { createUpstreamClient } from "./upstream-client";

/** The server that clients speak to. */
export async function createHttpServer(parts: Parts): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: Math.max(1, parts.settings.maxBodyBytes),
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    // A client that reads or writes nothing for so long is gone.
    connectionTimeout: 330_000,
    return503OnClosing: false,
    forceCloseConnections: "idle",
    http: {
      maxHeaderSize: headLimits.bytes,
      headersTimeout: parts.settings.headTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, parts.settings.headTimeoutMs),
      requireHostHeader: false,
      insecureHTTPParser: false,
    },
    routerOptions: { maxParamLength: headLimits.url, ignoreTrailingSlash: false },
    exposeHeadRoutes: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerUnroutable,
  });
  server.server.on("connect", (_request, socket) =>
    endWith(
      socket,
      problemBytes(
        refusalOf(new GatewayError("method_not_allowed", "This method is not passed on.")),
        randomUUID(),
      ),
    ),
  );
  meetExpectations(server);
  server.decorateRequest("passage", null);
  server.decorateRequest("refusedAs", null);
  // A body is signed as a whole, so it is read as a whole, by whoever may send one.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  if (parts.settings.corsOrigins.length > 0)
    await server.register(cors, { delegator: browserRules(parts.settings.corsOrigins) });
  addHooks(server, parts);
  server.setErrorHandler((error, request, reply) => {
    parts.violations.add(error);
    request.refusedAs = refuse(error, reply);
  });
  server.setNotFoundHandler((_request, reply) =>
    refuse(new GatewayError("not_found", "Nothing is here."), reply),
  );
  const client = createUpstreamClient(parts.settings.upstreamTimeoutMs);
  server.addHook("onClose", () => client.close());
  await server.register(httpProxy, proxyOptions(parts, client));
  return server;
}

function meetExpectations(server: FastifyInstance): void {
  // Whoever waits for a word before the body gets it when it is known that the body is wanted.
  server.server.on("checkContinue", (request, response) => server.routing(request, response));
  // What else is expected is refused with everything else that is wrong with a head. Nobody knows
  // whether the body still comes.
  server.server.on("checkExpectation", (request, response) => {
    response.shouldKeepAlive = false;
    server.routing(request, response);
  });
}

function addHooks(server: FastifyInstance, parts: Parts): void {
  const { gatekeeper, open, settings, isDraining } = parts;
  server.addHook("onRequest", async (request, reply) => {
    reply.raw.once("close", () => record(parts, request, reply));
    if (isDraining()) reply.header("connection", "close");
    const passage = await gatekeeper.identify(request.raw);
    request.passage = passage;
    const close = open.add(passage.context.tenant, (reason) => cut(request, reply, reason));
    reply.raw.once("close", close);
    if (isBodyWanted(request, settings.maxBodyBytes)) reply.raw.writeContinue();
  });
}

/** A client waits before it sends a body, and the body is none that is refused for its length. */
function isBodyWanted({ raw, headers }: FastifyRequest, mostBytes: number): boolean {
  const isWaiting = raw.httpVersion === "1.1" && isContinue(headers.expect);
  return isWaiting && Number(headers["content-length"] ?? 0) <= mostBytes;
}

/** Ends what is open: with a word, when none has been said yet. */
function cut(request: FastifyRequest, reply: FastifyReply, reason: GatewayError): void {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  reply.header("connection", "close");
  request.refusedAs = refuse(reason, reply);
}

function record({ metrics }: Parts, request: FastifyRequest, reply: FastifyReply): void {
  const { passage, refusedAs } = request;
  const outcome = refusedAs ?? (reply.raw.writableFinished ? "forwarded" : "aborted");
  if (passage && outcome === "forwarded") metrics.forwardedFor(passage.context.tenant);
  metrics.ended({
    service: serviceOf(passage),
    outcome,
    status: reply.statusCode,
    seconds: reply.elapsedTime / 1000,
  });
}

/** For a target that no route can be looked up by. */
function answerUnroutable(error: FastifyError, request: { id: string }, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  const { body, headers } = problemOf(refusal, request.id);
  reply.hijack();
  reply.raw.writeHead(refusal.status, headers).end(body);
}

/** For what is no request that could be read. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const codes: Record<string, GatewayError> = {
    HPE_HEADER_OVERFLOW: new GatewayError("headers_too_large", "The head of the request is too large."),
    ERR_HTTP_REQUEST_TIMEOUT: new GatewayError("request_timeout", "The request did not arrive in time."),
  };
  const told = codes[error.code ?? ""] ?? new GatewayError("invalid", "The request is malformed.");
  endWith(socket, problemBytes(refusalOf(told), randomUUID()));
}
