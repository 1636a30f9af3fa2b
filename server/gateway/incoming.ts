import type { IncomingMessage } from "node:http";
import { emptyDigest } from "@/sdk/tokens/body-digest";
import type { Incoming } from "@/sdk/transports/incoming";

const getter: Incoming<IncomingMessage>["getter"] = {
  get(request, name) {
    const values = request.headersDistinct[name];
    return values?.length === 1 ? values[0] : values;
  },
  keys: (request) => Object.keys(request.headersDistinct),
};

/** A request as the resolver sees it. No context that a client sends is taken, so no body is asked for. */
export function incomingOf(request: IncomingMessage): Incoming<IncomingMessage> {
  return {
    transport: "http",
    carrier: request,
    getter,
    method: request.method ?? "",
    path: request.url ?? "",
    peer: request.socket.remoteAddress ?? null,
    bodyDigest: () => Promise.resolve(emptyDigest),
  };
}
