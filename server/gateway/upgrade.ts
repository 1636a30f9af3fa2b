import { randomUUID } from "node:crypto";
import { request as sendHttp, type IncomingMessage } from "node:http";
import { request as sendHttps } from "node:https";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { listed } from "./admit";
import { ClosingFrames } from "./closing-frames";
import { answeredHeaders, askedOrigin, forwardedHeaders } from "./forwarded-headers";
import type { Parts } from "./parts";
import { endWith } from "./end-with";
import type { Passage } from "./passage";
import { GatewayError, problemBytes, refusalOf } from "./refusal";
import { relocate } from "./relocate";

/** How long a client that was told why has for an answer. */
const closingMs = 1_000;

/** What a request to upgrade stands on before it is anything else. */
interface Upgrading {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  requestId: string;
}

/** Passes WebSockets on: their tenant is known before the upstream hears of them, and they end with it. */
export async function passUpgrade(
  parts: Parts,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const upgrading = { request, socket, head, requestId: randomUUID() };
  const started = performance.now();
  // Without a listener a reset of the connection would end the process.
  socket.on("error", () => socket.destroy());
  let passage: Passage | null = null;
  let ended = { outcome: "forwarded", status: 101 };
  try {
    admitUpgrade(request);
    passage = await parts.gatekeeper.identify(request);
    await parts.gatekeeper.sign(passage, request);
    await tunnel(parts, passage, upgrading);
  } catch (error) {
    const refusal = refusalOf(error);
    ended = { outcome: refusal.code, status: refusal.status };
    parts.violations.add(error);
    endWith(socket, problemBytes(refusal, upgrading.requestId));
  }
  parts.metrics.ended({
    service: passage?.route.audience ?? "none",
    ...ended,
    seconds: (performance.now() - started) / 1000,
  });
}

function admitUpgrade({ headers, method }: IncomingMessage): void {
  const isWebSocket =
    method === "GET" &&
    headers.upgrade?.toLowerCase() === "websocket" &&
    listed(headers.connection).includes("upgrade") &&
    headers["sec-websocket-key"] !== undefined;
  if (!isWebSocket) throw new GatewayError("invalid", "Only WebSockets are upgraded.");
}

async function tunnel(parts: Parts, passage: Passage, upgrading: Upgrading): Promise<void> {
  const { socket } = upgrading;
  const ended = new AbortController();
  const close = parts.open.add(passage.context.tenant, (reason) => ended.abort(reason));
  const leave = () => ended.abort();
  socket.once("close", leave);
  try {
    const answer = await askUpstream(parts, passage, upgrading, ended.signal);
    if (answer.socket === null) {
      const asked = () => askedOrigin(upgrading.request, parts.means.isTrustedHop);
      relocate(answer.response.headers, { upstream: passage.route.origin, asked });
      return await passRefusal(answer.response, socket, ended.signal);
    }
    socket.write(switching(answer.response));
    if (answer.head.length > 0) answer.socket.unshift(answer.head);
    if (upgrading.head.length > 0) answer.socket.write(upgrading.head);
    await join(socket, answer.socket, ended.signal);
  } finally {
    socket.off("close", leave);
    close();
  }
}

type Answer =
  { response: IncomingMessage; socket: Duplex; head: Buffer } | { response: IncomingMessage; socket: null };

function askUpstream(
  { settings, means }: Parts,
  { route, signed }: Passage,
  { request, requestId }: Upgrading,
  signal: AbortSignal,
): Promise<Answer> {
  const { hostHeader, upstreamTimeoutMs } = settings;
  const url = new URL(route.origin);
  const headers = forwardedHeaders(
    request,
    { ...request.headers, host: url.host },
    { signed, requestId, hostHeader, isTrustedHop: means.isTrustedHop },
  );
  const send = url.protocol === "https:" ? sendHttps : sendHttp;
  return new Promise((resolve, reject) => {
    const sent = send(url, {
      path: request.url,
      method: "GET",
      headers: { ...headers, connection: "Upgrade", upgrade: "websocket" },
      agent: false,
      signal,
    });
    const late = () =>
      sent.destroy(new GatewayError("upstream_timeout", "The service did not answer in time."));
    const timer = setTimeout(late, upstreamTimeoutMs);
    sent
      .once("upgrade", (response, socket, head) => resolve({ response, socket, head }))
      .once("response", (response) => resolve({ response, socket: null }))
      .once("error", (error) => reject(asRefusal(error)))
      .once("close", () => clearTimeout(timer))
      .once("upgrade", () => clearTimeout(timer))
      .end();
  });
}

function asRefusal(error: Error): GatewayError {
  if (error instanceof GatewayError) return error;
  // It was cut while the service had not answered yet.
  if (error.cause instanceof GatewayError) return error.cause;
  return new GatewayError("upstream_unavailable", "The service cannot be reached.", { cause: error });
}

/** An upstream that does not want to says so in its own words. */
async function passRefusal(response: IncomingMessage, socket: Duplex, signal: AbortSignal): Promise<void> {
  socket.write(headOf(response, { ...answeredHeaders(response.headers), connection: "close" }));
  // It breaks off or was cut: an answer that is not whole ends with its socket.
  await pipeline(response, socket, { signal }).catch(() => socket.destroy());
}

function switching(response: IncomingMessage): string {
  return headOf(response, {
    ...answeredHeaders(response.headers),
    connection: "Upgrade",
    upgrade: "websocket",
  });
}

function headOf(response: IncomingMessage, headers: NodeJS.Dict<string | string[]>): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}\r\n`),
  );
  return `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n${lines.join("")}\r\n`;
}

/** Resolves when both ends are closed. */
async function join(client: Duplex, upstream: Duplex, signal: AbortSignal): Promise<void> {
  const frames = new ClosingFrames();
  const closed = Promise.all(
    [client, upstream].map((end) => new Promise((resolve) => end.once("close", resolve))),
  );
  client.once("close", () => upstream.destroy());
  upstream
    .on("error", () => upstream.destroy())
    // What an end that closed in order has said is still written on.
    .once("close", () => {
      if (!upstream.readableEnded && !signal.aborted) client.destroy();
    });
  client.once("finish", () => setTimeout(() => client.destroy(), closingMs).unref());
  client.pipe(upstream);
  upstream.pipe(frames).pipe(client);
  const cut = () => {
    client.unpipe(upstream).resume();
    upstream.unpipe(frames).destroy();
    if (!sayWhy(frames, signal.reason)) client.destroy();
    else setTimeout(() => client.destroy(), closingMs).unref();
  };
  if (signal.aborted) cut();
  else signal.addEventListener("abort", cut, { once: true });
  await closed;
}

/** As the SDK's WebSockets are closed: 4000 and the HTTP status. */
function sayWhy(frames: ClosingFrames, reason: unknown): boolean {
  if (!(reason instanceof GatewayError)) return false;
  const { status, code } = refusalOf(reason);
  return frames.closeWith(4000 + status, code);
}
