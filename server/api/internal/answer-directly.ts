import type { IncomingMessage, ServerResponse } from "node:http";
import { logger } from "@/server/kernel/logger";
import { singleton } from "@/server/kernel/singleton";
import { handleDbInfo } from "./handler";

const shape = /^\/internal\/tenants\/([^/?#%]+)\/db-info$/;

/** The headers that every answer of the console has. */
type Everywhere = Readonly<Record<string, string>>;

/**
 * Answers what services ask most, in one spelling, with the same handler as the route. False for
 * all else, which is Next's: what it leaves behind of each request is collected in pauses.
 */
function answerDirectly(request: IncomingMessage, response: ServerResponse, everywhere: Everywhere): boolean {
  const [, tenant] = (request.method === "GET" && shape.exec(request.url ?? "")) || [];
  if (tenant === undefined) return false;
  tell({ request, response, tenant, everywhere }).catch((error: unknown) => {
    logger.error({ err: error }, "an answer could not be sent");
    response.destroy();
  });
  return true;
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  tenant: string;
  everywhere: Everywhere;
}

async function tell({ request, response, tenant, everywhere }: Asked): Promise<void> {
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
