import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { DataPlane } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { environmentId } from "@/server/kernel/ids";
import { logger } from "@/server/kernel/logger";
import { isDataPlaneKey } from "./data-plane-key";
import { InspectRequest } from "./facts";

const longestBody = 1000;

/** The data plane's side of the console's questions. Without the key there is nothing here. */
export async function answerConsole(
  dataPlane: DataPlane,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (request.method !== "POST" || !isDataPlaneKey(key) || !(length <= longestBody)) {
    request.resume();
    return send(response, 404, { code: "not_found", message: "There is nothing here." });
  }
  try {
    const { tenant, ...home } = InspectRequest.parse(await json(request));
    send(response, 200, await dataPlane.inspect({ tenant: environmentId(tenant), ...home }));
  } catch (error) {
    if (isDomainError(error)) return send(response, 409, { code: error.code, message: error.message });
    logger.error({ err: error }, "a database could not be inspected");
    send(response, 500, { code: "internal" });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
