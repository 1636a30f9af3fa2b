import type { IncomingMessage } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { pieces, thrown } from "../testing/http-scene.ts";
import { listen, streamOf } from "../testing/listening.ts";
import { withTenant } from "./fetch.ts";
import { testHttpTransport } from "./transports.contract.ts";

type Answer = (request: Request, context: TenantContext) => unknown;

const answers: Record<string, Answer> = {
  whoami: (_, { tenant, decidedBy, authenticated }) => ({ tenant, decidedBy, authenticated }),
  async echo(request, { tenant }) {
    const body: unknown = await request.json();
    await turn();
    return { tenant, body };
  },
  upload: async (request, { tenant }) => ({ tenant, length: (await request.arrayBuffer()).byteLength }),
  fails() {
    throw new Error(thrown);
  },
  refuses() {
    throw new FreeholdError("schema_too_old", "The schema is too old.");
  },
};

testHttpTransport("Fetch", async ({ resolver }) => {
  const mishaps: unknown[] = [];
  const handle = withTenant(
    resolver,
    async (request, context, _env: { incoming: IncomingMessage }) => {
      const name = new URL(request.url).pathname.split("/").at(-1) ?? "";
      if (name === "download") return new Response(streamOf(pieces));
      return Response.json(await answers[name]?.(request, context));
    },
    { peer: (_request, { incoming }) => incoming.socket.remoteAddress ?? null },
  );
  const server = createAdaptorServer({
    fetch: (request, env) => {
      if (!("incoming" in env) || env.incoming.httpVersionMajor !== 1) throw new Error("This is HTTP/1.1.");
      return handle(request, { incoming: env.incoming as IncomingMessage }).catch((error: unknown) => {
        if (!String(error).includes(thrown)) mishaps.push(error);
        return new Response("Something went wrong.", { status: 500 });
      });
    },
  });
  if (!("closeAllConnections" in server)) throw new Error("This is HTTP/1.1.");
  return { ...(await listen(server)), mishaps };
});
