import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { forgeries } from "@/examples/district/stage/forgeries";
import { Asked, type Stage } from "@/examples/district/stage/stage";

const files: Record<string, { name: string; type: string }> = {
  "/": { name: "page.html", type: "text/html; charset=utf-8" },
  "/page.css": { name: "page.css", type: "text/css; charset=utf-8" },
  "/page.mjs": { name: "page.mjs", type: "text/javascript; charset=utf-8" },
};

const headers = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

interface Login {
  email: string;
  password: string;
}

/** The page, on this machine alone; on any free port for 0. */
export async function servePage(stage: Stage, login: Login, wanted: number) {
  let port = wanted;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const said = error instanceof Error ? error.message : "Something went wrong.";
      if (response.headersSent) response.destroy();
      else sendJson(response, error instanceof z.ZodError ? 400 : 502, { error: said });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    // Pages of other names that lead here, and of other sites, get nothing.
    if (!isOwn(request.headers.host, port)) return sendJson(response, 403, { error: "Not here." });
    const file = files[url];
    if (method === "GET" && file) {
      response.writeHead(200, { ...headers, "content-type": file.type });
      response.end(readFileSync(join(import.meta.dirname, file.name)));
    } else if (method === "GET" && url === "/api/scene") sendJson(response, 200, sceneOf(stage, login));
    else if (method === "GET" && url === "/api/landings") follow(stage, response);
    else if (method === "POST" && url === "/api/requests" && isJson(request)) {
      const asked = Asked.parse(JSON.parse(await text(request)));
      sendJson(response, 200, await stage.ask(asked));
    } else sendJson(response, 404, { error: "There is nothing at this address." });
  }

  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address !== null && typeof address === "object") ({ port } = address);
  return {
    url: `http://localhost:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const isOwn = (host: string | undefined, port: number) =>
  host === `localhost:${port}` || host === `127.0.0.1:${port}`;

// A page of another site cannot send JSON without asking first.
const isJson = (request: IncomingMessage) => request.headers["content-type"] === "application/json";

function sceneOf(stage: Stage, login: Login) {
  const named = Object.entries(forgeries).map(([name, { label, about }]) => ({ name, label, about }));
  return { districts: stage.districts, forgeries: named, console: { url: stage.console, ...login } };
}

function follow(stage: Stage, response: ServerResponse): void {
  response.writeHead(200, { ...headers, "content-type": "text/event-stream" }).flushHeaders();
  const end = stage.onLanding((landing) => response.write(`data: ${JSON.stringify(landing)}\n\n`));
  response.once("close", end);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...headers, "content-type": "application/json" }).end(JSON.stringify(body));
}
