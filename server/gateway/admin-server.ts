import { createServer, type Server, type ServerResponse } from "node:http";
import type { Registry } from "prom-client";
import { logger } from "@/server/kernel/logger";

/** Health and figures, on a port of their own that clients do not reach. */
export function createAdminServer(options: { registry: Registry; ready(): Promise<void> }): Server {
  return createServer(
    { headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 8_192 },
    (request, response) => {
      const isRead = request.method === "GET" || request.method === "HEAD";
      answer(isRead ? (request.url ?? "") : "", response, options).catch((error: unknown) => {
        logger.error({ err: error, url: request.url }, "admin request failed");
        say(response, 500, "failed");
      });
    },
  );
}

async function answer(
  url: string,
  response: ServerResponse,
  { registry, ready }: { registry: Registry; ready(): Promise<void> },
): Promise<void> {
  if (url === "/health/live") return say(response, 200, "live");
  if (url === "/health/ready")
    return ready().then(
      () => say(response, 200, "ready"),
      (error: unknown) => say(response, 503, error instanceof Error ? error.message : "not ready"),
    );
  if (url !== "/metrics") return say(response, 404, "not found");
  const text = await registry.metrics();
  response.writeHead(200, { "content-type": registry.contentType }).end(text);
}

function say(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" })
    .end(`${text}\n`);
}
