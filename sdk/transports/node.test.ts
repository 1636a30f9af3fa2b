import { createServer, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { buffer, json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { pieces, thrown } from "../testing/http-scene.ts";
import { listen } from "../testing/listening.ts";
import { withTenant } from "./node.ts";
import { testHttpTransport } from "./transports.contract.ts";

type Answer = (request: IncomingMessage, context: TenantContext) => unknown;

const whoami: Answer = (_, { tenant, decidedBy, authenticated }) => ({ tenant, decidedBy, authenticated });

const answers: Record<string, Answer> = {
  whoami,
  async echo(request, { tenant }) {
    const body = await json(request);
    await turn();
    return { tenant, body };
  },
  upload: async (request, { tenant }) => ({ tenant, length: (await buffer(request)).length }),
  fails() {
    throw new Error(thrown);
  },
  refuses() {
    throw new FreeholdError("schema_too_old", "The schema is too old.");
  },
};

testHttpTransport("node:http", async ({ resolver }) => {
  const mishaps: unknown[] = [];
  const listener = withTenant(
    resolver,
    async (request, response, context) => {
      const name = new URL(request.url ?? "", "http://localhost").pathname.split("/").at(-1) ?? "";
      // A reader that goes away in the middle of a download is no mishap.
      if (name === "download") return pipeline(Readable.from(pieces), response).catch(() => {});
      const answer = JSON.stringify(await answers[name]?.(request, context));
      response.writeHead(200, { "content-type": "application/json" }).end(answer);
    },
    { onError: (error) => String(error).includes(thrown) || mishaps.push(error) },
  );
  return { ...(await listen(createServer(listener))), mishaps };
});
