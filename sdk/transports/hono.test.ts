import { setImmediate as turn } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { expect, test } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import { pieces, thrown } from "../testing/http-scene.ts";
import { contextOf, createHttpWorld, tenants } from "../testing/http-world.ts";
import { listen, streamOf } from "../testing/listening.ts";
import { createFetchAs } from "./fetch-as.ts";
import { resolveTenant, type TenantEnv } from "./hono.ts";
import { testHttpTransport } from "./transports.contract.ts";

const whoami = (c: Context<TenantEnv>) => {
  const { tenant, decidedBy, authenticated } = c.get("tenant");
  return c.json({ tenant, decidedBy, authenticated });
};

testHttpTransport("Hono", async ({ resolver }) => {
  const mishaps: unknown[] = [];
  const app = new Hono<TenantEnv>()
    .use(resolveTenant(resolver))
    .all("/whoami", whoami)
    .all("/t/:tenant/whoami", whoami)
    .post("/echo", async (c) => {
      const body = await c.req.json<unknown>();
      await turn();
      return c.json({ tenant: c.get("tenant").tenant, body });
    })
    .post("/upload", async (c) => {
      const { byteLength } = await c.req.arrayBuffer();
      return c.json({ tenant: c.get("tenant").tenant, length: byteLength });
    })
    .get("/download", () => new Response(streamOf(pieces)))
    .get("/fails", () => {
      throw new Error(thrown);
    })
    .get("/refuses", () => {
      throw new FreeholdError("schema_too_old", "The schema is too old.");
    });
  app.onError((error, c) => {
    if (!String(error).includes(thrown) && !(error instanceof FreeholdError)) mishaps.push(error);
    return c.json({ error: "Something went wrong." }, 500);
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!("closeAllConnections" in server)) throw new Error("This is HTTP/1.1.");
  return { ...(await listen(server)), mishaps };
});

test("an app's own error handler has the last word on what handlers throw", async () => {
  const { resolver, bearer } = await createHttpWorld();
  const app = new Hono<TenantEnv>()
    .use(resolveTenant(resolver))
    .get("/refuses", () => {
      throw new FreeholdError("limit", "Too much.");
    })
    .onError((_error, c) => c.text("Come back tomorrow.", 429));
  const answer = await app.request("/refuses", {
    headers: { host: "localhost", authorization: await bearer(tenants.A) },
  });
  expect([answer.status, await answer.text()]).toEqual([429, "Come back tomorrow."]);
});

test("a runtime other than Node's has headers that Fetch joined, and a peer when it is told of it", async () => {
  const { resolver } = await createHttpWorld();
  const headers = { "x-tenant-id": tenants.A, host: "localhost" };
  const twice = { ...headers, "x-tenant-id": `${tenants.A}, ${tenants.A}` };
  const statuses = [];
  for (const peer of ["127.0.0.2", "127.0.0.1", null]) {
    const app = new Hono<TenantEnv>().use(resolveTenant(resolver, { peer: () => peer })).get("/", whoami);
    statuses.push([
      (await app.request("/", { headers })).status,
      (await app.request("/", { headers: twice })).status,
    ]);
  }
  expect(statuses).toEqual([
    [200, 400],
    [401, 400],
    [401, 400],
  ]);
});

test("a body that another middleware has read is still checked", async () => {
  const { resolver, sender } = await createHttpWorld();
  const app = new Hono<TenantEnv>()
    .use(async (c, next) => {
      await c.req.text();
      await next();
    })
    .use(resolveTenant(resolver))
    .post("/echo", async (c) => c.json(await c.req.json<unknown>()));
  const call = createFetchAs(sender, {
    fetch: async (input, init) => app.request(String(input), { ...init, headers: withHost(init?.headers) }),
  });
  const answer = await call(contextOf(tenants.A), "school")("http://localhost/echo", {
    method: "POST",
    body: "[1]",
  });
  expect([answer.status, await answer.text()]).toEqual([200, "[1]"]);
});

function withHost(headers: HeadersInit | undefined): Headers {
  const all = new Headers(headers);
  all.set("host", "localhost");
  return all;
}
