import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Puts a server on a port of this machine. */
export async function listen(server: Server): Promise<{ port: number; close(): Promise<void> }> {
  if (!server.listening) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  return {
    port: addressOf(server).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A byte stream that gives these pieces as they are asked for. */
export function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const rest = pieces.values();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = rest.next();
      if (done) controller.close();
      else controller.enqueue(Uint8Array.from(value));
    },
  });
}

const addressOf = (server: Server) => server.address() as AddressInfo;
