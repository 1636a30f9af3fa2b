import type { IncomingMessage, ServerResponse } from "node:http";
import { logger } from "@/server/kernel/logger";
import { singleton } from "@/server/kernel/singleton";
import { handleDbInfo } from "./handler";

const shape = /^\/internal\/tenants\/([^/?#%]+)\/db-info$/;

/** What next.config.ts sends with every answer. */
const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cross-origin-opener-policy": "same-origin",
};

/**
 * Answers what services ask most, in one spelling, with the same handler as the route. False for
 * all else, which is Next's: what it leaves behind of each request is collected in pauses.
 */
function answerDirectly(request: IncomingMessage, response: ServerResponse): boolean {
  const [, tenant] = (request.method === "GET" && shape.exec(request.url ?? "")) || [];
  if (tenant === undefined) return false;
  tell(request, response, tenant).catch((error: unknown) => {
    logger.error({ err: error }, "an answer could not be sent");
    response.destroy();
  });
  return true;
}

async function tell(request: IncomingMessage, response: ServerResponse, tenant: string): Promise<void> {
  const headers = new Headers();
  for (const name of ["authorization", "if-none-match"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const given = await handleDbInfo({ headers }, tenant);
  const sent = { ...everywhere, ...Object.fromEntries(given.headers) };
  if (given.body === null) {
    response.writeHead(given.status, sent).end();
    return;
  }
  const body = await given.text();
  response.writeHead(given.status, { ...sent, "content-length": Buffer.byteLength(body) }).end(body);
}

/** Lets the script that listens find it: it runs outside of what Next has built. */
export const offerDirectAnswers = (): unknown => singleton("answer-directly", () => answerDirectly);
