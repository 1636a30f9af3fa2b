import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/server/kernel/ids";
import { createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { offerDirectAnswers } from "./answer-directly";

type Answering = (
  request: IncomingMessage,
  response: ServerResponse,
  everywhere: Record<string, string>,
) => boolean;

const asAnswering = (value: unknown) => value as Answering;

let world: ServiceWorld;
let orders: { id: string; key: string };
let origin: string;

const server = createServer((request, response) => {
  if (!asAnswering(offerDirectAnswers())(request, response, { "X-Everywhere": "yes" }))
    response.writeHead(299).end("Next");
});

beforeAll(async () => {
  world = await createServiceWorld();
  orders = await world.service("Orders");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.end();
});

const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${origin}${path}`, { method, headers: { authorization: `Bearer ${orders.key}`, ...headers } });

test("connection info is told, and not again to who has it", async () => {
  const { environment } = await world.activeEnvironment();
  const path = `/internal/tenants/${environment.id}/db-info`;
  const told = await ask(path);
  expect(told.status).toBe(200);
  expect(await told.json()).toMatchObject({ tenant: environment.id });
  expect(told.headers.get("freehold-entry")).toBeTruthy();
  const again = await ask(path, { "if-none-match": told.headers.get("etag") ?? "" });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

test("nobody is told without a key, and nothing of a tenant that is not there", async () => {
  const path = `/internal/tenants/${newId()}/db-info`;
  expect((await ask(path, { authorization: "Bearer fhs_none" })).status).toBe(401);
  const missing = await ask(path);
  expect(missing.status).toBe(404);
  expect(missing.headers.get("cache-control")).toBe("no-store");
});

test("an answer has the headers that the console sends everywhere", async () => {
  const { headers } = await ask(`/internal/tenants/${newId()}/db-info`);
  expect(headers.get("x-everywhere")).toBe("yes");
});

test.for([
  ["HEAD", "/internal/tenants/x/db-info"],
  ["POST", "/internal/tenants/x/db-info"],
  ["GET", "/internal/tenants/x/db-info?a=1"],
  ["GET", "/internal/tenants/x/db-info/"],
  ["GET", "/internal/tenants/%78/db-info"],
  ["GET", "/internal/tenants/x/y/db-info"],
  ["GET", "/internal/tenants/x"],
  ["GET", "/"],
] as const)("%s %s is left to Next", async ([method, path]) => {
  expect((await ask(path, {}, method)).status).toBe(299);
});
