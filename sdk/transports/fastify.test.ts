import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { fastify, type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import { type Served, pieces, thrown } from "../testing/http-scene.ts";
import { contextOf, createHttpWorld, tenants, type HttpWorld } from "../testing/http-world.ts";
import { answerRefusals, tenantPlugin, type FastifyTenantOptions } from "./fastify.ts";
import { createFetchAs } from "./fetch-as.ts";
import { testHttpTransport } from "./transports.contract.ts";

const whoami = async ({ tenant: { tenant, decidedBy, authenticated } }: FastifyRequest) => ({
  tenant,
  decidedBy,
  authenticated,
});

testHttpTransport("Fastify", ({ resolver }) => start({ resolver }));

describe("after parsing", () => {
  testHttpTransport("Fastify", ({ resolver }) => start({ resolver, hook: "preValidation" }));
});

async function start(options: FastifyTenantOptions): Promise<Served> {
  const mishaps: unknown[] = [];
  const app = fastify({ bodyLimit: 4 * 1024 * 1024, forceCloseConnections: true });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (isFreeholdError(error)) return answerRefusals(error, request, reply);
    const { statusCode = 500 } = error;
    if (statusCode === 500 && !String(error).includes(thrown)) mishaps.push(error);
    return reply.code(statusCode).send({ error: "Something went wrong." });
  });
  app.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer" },
    async (_: unknown, body: Buffer) => body,
  );
  await app.register(tenantPlugin, options);
  app.all("/whoami", whoami);
  app.all("/t/:tenant/whoami", whoami);
  app.post("/echo", async ({ tenant: { tenant }, body }) => {
    await turn();
    return { tenant, body };
  });
  app.post<{ Body: Buffer }>("/upload", async ({ tenant: { tenant }, body }) => ({
    tenant,
    length: body.length,
  }));
  app.get("/download", (_request, reply) => reply.send(Readable.from(pieces)));
  app.get("/fails", async () => {
    throw new Error(thrown);
  });
  app.get("/refuses", async () => {
    throw new FreeholdError("schema_too_old", "The schema is too old.");
  });
  return { ...(await listen(app)), mishaps };
}

async function listen(app: FastifyInstance): Promise<{ port: number; close(): Promise<void> }> {
  const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  return { port: Number(port), close: async () => app.close() };
}

async function serve(build: (app: FastifyInstance, world: HttpWorld) => Promise<void>) {
  const world = await createHttpWorld();
  const app = fastify();
  await build(app, world);
  const { port, close } = await listen(app);
  onTestFinished(close);
  const authorization = await world.bearer(tenants.A);
  const ask = (path: string, headers: Record<string, string> = { authorization }) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });
  return { world, ask, url: `http://127.0.0.1:${port}` };
}

test("only the scope that registers it has tenants", async () => {
  const { ask } = await serve(async (app, { resolver }) => {
    await app.register(async (scope) => {
      await scope.register(tenantPlugin, { resolver });
      scope.get("/inside", whoami);
      await scope.register(async (below) => void below.get("/below", whoami));
    });
    app.get("/health", async () => "ok");
    app.get("/outside", async (request) => ({ tenant: request.tenant as unknown }));
  });
  const statuses = [];
  for (const path of ["/inside", "/below", "/health"])
    statuses.push([(await ask(path)).status, (await ask(path, {})).status]);
  expect(statuses).toEqual([
    [200, 401],
    [200, 401],
    [200, 200],
  ]);
  expect(await (await ask("/outside")).json()).toEqual({});
});

test("two scopes with a policy each", async () => {
  const other = await createHttpWorld();
  const { ask } = await serve(async (app, { resolver }) => {
    for (const [prefix, each] of [
      ["/one", resolver],
      ["/two", other.resolver],
    ] as const)
      await app.register(
        async (scope) => {
          await scope.register(tenantPlugin, { resolver: each });
          scope.get("/", whoami);
        },
        { prefix },
      );
  });
  expect([(await ask("/one")).status, (await ask("/two")).status]).toEqual([200, 401]);
});

test("an address that is not there is refused before it is told to be missing", async () => {
  const { ask } = await serve(async (app, { resolver }) => {
    await app.register(tenantPlugin, { resolver });
  });
  expect([(await ask("/nowhere", {})).status, (await ask("/nowhere")).status]).toEqual([401, 404]);
});

test("a session that another hook made names the tenant", async () => {
  const { ask } = await serve(async (app, { resolver }) => {
    const session = ({ headers }: FastifyRequest) =>
      headers.cookie === "session=1" ? { tenant: tenants.B, subject: "one" } : null;
    await app.register(tenantPlugin, { resolver, session, hook: "preValidation" });
    app.get("/whoami", whoami);
  });
  const answer = await ask("/whoami", { cookie: "session=1" });
  expect(await answer.json()).toMatchObject({ tenant: tenants.B, decidedBy: "session" });
});

test("a rewritten address is checked as it came", async () => {
  const world = await createHttpWorld();
  const app = fastify({ rewriteUrl: ({ url = "" }) => url.replace("/public", "") });
  await app.register(tenantPlugin, { resolver: world.resolver });
  app.get("/whoami", whoami);
  const { port, close } = await listen(app);
  onTestFinished(close);
  const call = createFetchAs(world.sender)(contextOf(tenants.A), "school");
  expect((await call(`http://127.0.0.1:${port}/public/whoami`)).status).toBe(200);
});

test("refusals of handlers are answered where it is asked for, and other errors above", async () => {
  const { ask } = await serve(async (app, { resolver }) => {
    app.setErrorHandler((_error, _request, reply) => reply.code(500).send("above"));
    await app.register(async (scope) => {
      await scope.register(tenantPlugin, { resolver });
      scope.setErrorHandler(answerRefusals);
      scope.get("/refuses", async () => {
        throw new FreeholdError("limit", "Too much.");
      });
      scope.get("/fails", async () => {
        throw new Error(thrown);
      });
    });
  });
  expect(await (await ask("/refuses")).json()).toMatchObject({ code: "limit", status: 429 });
  expect(await (await ask("/fails")).text()).toBe("above");
});
