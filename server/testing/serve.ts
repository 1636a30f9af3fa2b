import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { incomingMessageToRequest } from "@trpc/server/adapters/node-http";
import { z } from "zod";

const Address = z.object({ port: z.number() });

/** Puts a handler of Fetch requests on a port of this machine: any free one unless one is named. */
export async function serve(
  handle: (request: Request) => Promise<Response>,
  at = 0,
): Promise<{ url: string; stop(): void }> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handle).catch(() => outgoing.destroy());
  });
  server.listen(at, "127.0.0.1");
  await once(server, "listening");
  const { port } = Address.parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  const response = await handle(incomingMessageToRequest(incoming, outgoing, { maxBodySize: null }));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  await pipeline(Readable.from(response.body ?? []), outgoing);
}
