import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What may go wrong in one request to a key service. */
export type Fault =
  /** Answers 500 and does nothing. */
  | "error"
  /** Does it and then cuts the connection. */
  | "lost"
  /** Never answers. */
  | "hang"
  /** Begins an answer that never ends. */
  | "stall"
  /** Says that there are too many requests. */
  | "throttle"
  /** Answers 200 with what is no JSON. */
  | "garbage";

export interface Reply {
  status: number;
  body: unknown;
}

export interface KeyServiceDouble {
  port: number;
  /** Faults for the next requests, one each. */
  next(...faults: Fault[]): void;
  /** A fault for every request from now on; null ends it. */
  always(fault: Fault | null): void;
  /** How many requests came. */
  requests(): number;
  /** How many requests wait for an answer that does not come. */
  hanging(): number;
  /** Lets a test change the answers. */
  alter(change: (body: Record<string, unknown>) => Record<string, unknown>): void;
  close(): Promise<void>;
}

export interface Service {
  answer(request: { method: string; path: string; headers: IncomingMessage["headers"]; body: string }): Reply;
  throttled: Reply;
}

/** Serves a key service on a port of its own. */
export async function serveKeys(service: Service): Promise<KeyServiceDouble> {
  const queue: Fault[] = [];
  const state = { always: null as Fault | null, requests: 0, hanging: 0 };
  let change = (body: Record<string, unknown>) => body;
  const server = createServer((request, response) => void respond(request, response));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = await Array.fromAsync(request);
    state.requests += 1;
    const fault = queue.shift() ?? state.always;
    const { method = "", url = "", headers } = request;
    const does = () =>
      service.answer({
        method,
        path: url.split("?")[0] ?? "",
        headers,
        body: Buffer.concat(chunks).toString(),
      });
    if (fault === "hang" || fault === "stall") {
      // Google's library does not give up on a question for a token.
      if (url !== "/token") {
        state.hanging += 1;
        response.once("close", () => (state.hanging -= 1));
      }
      if (fault === "stall") response.writeHead(200, { "content-type": "application/json" }).write("{");
      return;
    }
    if (fault === "lost") {
      does();
      response.destroy();
      return;
    }
    if (fault === "garbage") {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>hello</html>");
      return;
    }
    const { status, body } = answerOf(fault, does);
    const shown = status === 200 ? change(Object(body)) : body;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(shown));
  }

  function answerOf(fault: "error" | "throttle" | null, does: () => Reply): Reply {
    if (fault === "error") return { status: 500, body: {} };
    return fault === "throttle" ? service.throttled : does();
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    next: (...faults) => void queue.push(...faults),
    always: (fault) => void (state.always = fault),
    requests: () => state.requests,
    hanging: () => state.hanging,
    alter: (wanted) => void (change = wanted),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
