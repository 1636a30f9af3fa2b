import { request as send, createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";

/** A request as it went over a wire. */
export interface Seen {
  method: string;
  path: string;
  headers: NodeJS.Dict<string | string[]>;
}

export interface Answer {
  status: number;
  body: string;
}

/** Sends a request with exactly these headers, and its body as JSON. */
export async function sendRequest(
  origin: string,
  {
    method,
    path,
    headers,
    body,
  }: Omit<Seen, "headers"> & { headers: Record<string, string>; body?: unknown },
): Promise<Answer> {
  const bytes = body === undefined ? "" : JSON.stringify(body);
  const asked = send(new URL(path, origin), {
    method,
    headers: {
      ...headers,
      ...(bytes && { "content-type": "application/json", "content-length": Buffer.byteLength(bytes) }),
    },
    timeout: 10_000,
  });
  asked.on("timeout", () => asked.destroy(new Error("There is no answer.")));
  asked.end(bytes);
  const response = await answered(asked);
  const text = (await buffer(response)).toString();
  return { status: response.statusCode ?? 0, body: text };
}

/** Somebody who listens between the gateway and a service: passes everything on, and remembers the last of each path. */
export async function listenOnWire(upstream: string) {
  const seen = new Map<string, Seen>();
  const server = createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    seen.set(`${method} ${url}`, { method, path: url, headers });
    const passed = send(new URL(url, upstream), { method, headers });
    request.pipe(passed);
    passed.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens nowhere.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    last: (what: string) => seen.get(what) ?? null,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answered(asked: ReturnType<typeof send>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => asked.once("response", resolve).once("error", reject));
}
