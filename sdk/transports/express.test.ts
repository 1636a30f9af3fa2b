import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { expect, onTestFinished, test } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import { pieces, thrown } from "../testing/http-scene.ts";
import { contextOf, createHttpWorld, tenants, type HttpWorld } from "../testing/http-world.ts";
import { listen } from "../testing/listening.ts";
import { answerRefusals, resolveTenant, tenantOf } from "./express.ts";
import { createFetchAs } from "./fetch-as.ts";
import { testHttpTransport } from "./transports.contract.ts";

const whoami: RequestHandler = (request, response) => {
  const { tenant, decidedBy, authenticated } = tenantOf(request);
  response.json({ tenant, decidedBy, authenticated });
};

const length: RequestHandler = (request, response) => {
  response.json({ tenant: request.tenant?.tenant, length: request.body.length });
};

testHttpTransport("Express", async ({ resolver }) => {
  const mishaps: unknown[] = [];
  const notice: ErrorRequestHandler = (error, _request, response, _next) => {
    if (!String(error).includes(thrown)) mishaps.push(error);
    response.status(500).json({ error: "Something went wrong." });
  };
  const app = express()
    .use(resolveTenant(resolver))
    .use(express.json())
    .all("/whoami", whoami)
    .all("/t/:tenant/whoami", whoami)
    .post("/echo", async (request, response) => {
      await turn();
      response.json({ tenant: tenantOf(request).tenant, body: request.body });
    })
    .post("/upload", express.raw({ limit: "4mb" }), length)
    .get("/download", (_request, response) => pipeline(Readable.from(pieces), response).catch(() => {}))
    .get("/fails", () => {
      throw new Error(thrown);
    })
    .get("/refuses", async () => {
      throw new FreeholdError("schema_too_old", "The schema is too old.");
    })
    .use(answerRefusals())
    .use(notice);
  return { ...(await listen(createServer(app))), mishaps };
});

async function serve(app: express.Express): Promise<string> {
  const { port, close } = await listen(createServer(app));
  onTestFinished(close);
  return `http://127.0.0.1:${port}`;
}

async function post({ sender }: HttpWorld, url: string): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return createFetchAs(sender)(contextOf(tenants.A), "school")(url, { method: "POST", headers, body: "[1]" });
}

test("a router that is mounted sees the path that was signed", async () => {
  const world = await createHttpWorld();
  const router = express.Router().use(resolveTenant(world.resolver)).post("/echo", whoami);
  const url = await serve(express().use("/api", router));
  expect((await post(world, `${url}/api/echo?x=1`)).status).toBe(200);
});

test("a body that was parsed before is checked when its bytes were kept, and is an error when not", async () => {
  const world = await createHttpWorld();
  const notice: ErrorRequestHandler = (error, _request, response, _next) => {
    response.status(500).send(String(error));
  };
  const keep = express.json({
    verify: (request, _, bytes) => void Object.assign(request, { rawBody: bytes }),
  });
  const answering = [resolveTenant(world.resolver), whoami, answerRefusals(), notice] as const;
  const url = await serve(
    express()
      .use("/kept", keep, ...answering)
      .use("/lost", express.json(), ...answering),
  );
  expect((await post(world, `${url}/kept`)).status).toBe(200);
  const lost = await post(world, `${url}/lost`);
  expect([lost.status, await lost.text()]).toEqual([500, expect.stringContaining("resolve first")]);
});

test("a handler without the middleware before it gets no tenant", async () => {
  const seen: unknown[] = [];
  const notice: ErrorRequestHandler = (error, _request, response, _next) => {
    seen.push(error);
    response.sendStatus(500);
  };
  const url = await serve(express().use(whoami).use(answerRefusals()).use(notice));
  expect((await fetch(url)).status).toBe(500);
  expect(String(seen)).toContain("resolveTenant");
});

test("a session names the tenant, and who is trusted by Express is no trusted hop", async () => {
  const world = await createHttpWorld();
  const app = express().set("trust proxy", true);
  const session = async ({ headers }: express.Request) =>
    headers.cookie === "session=1" ? { tenant: tenants.B, subject: "one" } : null;
  app.use(resolveTenant(world.resolver, { session }), whoami, answerRefusals());
  const url = await serve(app);
  const signedIn = await fetch(url, { headers: { cookie: "session=1" } });
  expect(await signedIn.json()).toMatchObject({ tenant: tenants.B, decidedBy: "session" });
  const headers = { "x-tenant-id": tenants.A, "x-forwarded-for": "127.0.0.2" };
  expect((await fetch(url, { headers })).status).toBe(401);
});
