import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { isFreeholdError } from "@/sdk/errors/freehold-error";
import { collectHints } from "@/sdk/resolution/collect";
import { headerFilter } from "@/sdk/resolution/presets";
import { resolve } from "@/sdk/resolution/resolve";
import type { TenantStore } from "@/sdk/stores/tenant-store";
import { digestOf } from "@/sdk/tokens/body-digest";
import type { ListKeys } from "@/sdk/tokens/context-keys";
import { createContextVerifier } from "@/sdk/tokens/verify-context";

/** What an upstream says of a request that it has served. */
export interface Echo {
  tenant: string;
  subject: { kind: string; id: string } | null;
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Names as they came, each time that they came. */
  names: string[];
  body: string;
}

export interface Upstream {
  origin: string;
  service: string;
  /** Everything that has arrived, served or not. */
  arrived: { method: string; url: string; headers: IncomingMessage["headers"] }[];
  /** How many requests are being answered. */
  busy(): number;
  /** When nothing is being answered. */
  idle(): Promise<void>;
  /** When an answer waits for its reader: the MiB that it has written by then. */
  stalled(): Promise<number>;
  /** Ends all WebSockets without a word. */
  dropSockets(): void;
  stop(): Promise<void>;
}

/** A service that takes a tenant from the gateway's signed context alone, through the SDK. */
export async function startUpstream(options: {
  service: string;
  store: Pick<TenantStore, "find" | "peek">;
  keys: ListKeys;
  port?: number;
  now?: () => number;
}): Promise<Upstream> {
  const { service, store, keys, now = Date.now } = options;
  const verifyContext = createContextVerifier({ audience: service, trustedContexts: ["gateway"], keys, now });
  const arrived: Upstream["arrived"] = [];
  const events = new EventEmitter();
  let busy = 0;

  async function tenantOf(request: IncomingMessage, body: Buffer) {
    const incoming = {
      transport: "http" as const,
      carrier: request,
      getter: {
        get: (carrier: IncomingMessage, name: string) => carrier.headersDistinct[name],
        keys: (carrier: IncomingMessage) => Object.keys(carrier.headersDistinct),
      },
      method: request.method ?? "",
      path: request.url ?? "",
      peer: request.socket.remoteAddress ?? null,
      bodyDigest: () => Promise.resolve(digestOf(body)),
    };
    const { hints, subject } = await collectHints(incoming, headerFilter, {
      verifyContext,
      isTrustedHop: () => false,
      contributors: [],
    });
    return resolve(hints, headerFilter, store, subject);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    arrived.push({ method, url, headers });
    const body = Buffer.concat(await Array.fromAsync<Buffer>(request));
    const context = await tenantOf(request, body);
    const { pathname, searchParams } = new URL(url, "http://upstream");
    const act = acts[pathname.split("/").at(-1) ?? ""];
    if (act) return act(response, searchParams, (written) => events.emit("stalled", written));
    const echo: Echo = {
      tenant: context.tenant,
      subject: context.subject,
      method,
      url,
      headers: headers as Record<string, string>,
      names: request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
      body: body.toString("latin1"),
    };
    response.setHeader("x-tenant-id", "leaked").setHeader("x-freehold-secret", "leaked");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(echo));
  }

  const server = createServer((request, response) => {
    busy += 1;
    response.once("close", () => {
      busy -= 1;
      if (busy === 0) events.emit("idle");
    });
    answer(request, response).catch((error: unknown) => {
      const status = isFreeholdError(error) ? error.status : 500;
      if (!response.headersSent) response.writeHead(status);
      response.end(isFreeholdError(error) ? error.code : String(error));
    });
  });
  const dropSockets = serveSockets(server, arrived, (request) => tenantOf(request, Buffer.alloc(0)));
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    service,
    arrived,
    busy: () => busy,
    async idle() {
      if (busy > 0) await once(events, "idle");
    },
    async stalled() {
      const [written] = await once(events, "stalled");
      return Number(written);
    },
    dropSockets,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

type Act = (
  response: ServerResponse,
  query: URLSearchParams,
  stalled: (written: number) => void,
) => Promise<void> | void;

const acts: Record<string, Act> = {
  async slow(response, query) {
    await wait(Number(query.get("ms")));
    response.end("slow");
  },
  unavailable: (response) => void response.writeHead(503, { "retry-after": "1" }).end("busy"),
  dies(response) {
    response.writeHead(200, { "content-type": "text/plain" }).write("the first half");
    setImmediate(() => setImmediate(() => response.destroy()));
  },
  open: (response) => void response.writeHead(200, { "access-control-allow-origin": "*" }).end("open"),
  redirects(response, query) {
    const location = query.get("to") ?? "/elsewhere";
    response.writeHead(302, { location, "content-location": location }).end();
  },
  async stream(response, query, stalled) {
    const chunk = Buffer.alloc(64 * 1024, "x");
    const chunks = (Number(query.get("mb")) * 1024) / 64;
    for (let sent = 0; sent < chunks && !response.destroyed; sent++)
      if (!response.write(chunk)) await drained(response, () => stalled(sent / 16));
    response.end();
  },
  events(response) {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 0\n\n");
    let count = 0;
    const timer = setInterval(() => response.write(`data: ${(count += 1)}\n\n`), 20);
    response.once("close", () => clearInterval(timer));
  },
};

/** Half a second without a reader is a stall. */
async function drained(response: ServerResponse, stalled: () => void): Promise<void> {
  const timer = setTimeout(stalled, 500);
  const done = new AbortController();
  const events = ["drain", "close"].map((name) => once(response, name, { signal: done.signal }));
  await Promise.race(events);
  clearTimeout(timer);
  done.abort();
  await Promise.allSettled(events);
}

/** Gives what ends them all. */
function serveSockets(
  server: Server,
  arrived: Upstream["arrived"],
  tenantOf: (request: IncomingMessage) => Promise<{ tenant: string }>,
): () => void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    arrived.push({ method: "GET", url: request.url ?? "", headers: request.headers });
    if (request.url === "/ws/nowhere") {
      socket.end("HTTP/1.1 404 Not Found\r\nx-tenant-id: leaked\r\ncontent-length: 7\r\n\r\nnowhere");
      return;
    }
    if (request.url === "/ws/moved") {
      const location = `http://${request.headers.host}/ws`;
      socket.end(`HTTP/1.1 307 Temporary Redirect\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    tenantOf(request).then(
      ({ tenant }) =>
        sockets.handleUpgrade(request, socket, head, (client) => {
          client.send(tenant);
          client.on("message", (data: Buffer) => client.send(`echo ${data.toString()}`));
        }),
      () => socket.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"),
    );
  });
  return () => {
    for (const client of sockets.clients) client.terminate();
  };
}
