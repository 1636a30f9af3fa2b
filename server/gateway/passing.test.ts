import { afterAll, beforeAll, expect, test } from "vitest";
import type { Echo } from "@/server/testing/gateway/upstream";
import {
  createGatewayWorld,
  exchange,
  statusOf,
  tenantA,
  type GatewayWorld,
} from "@/server/testing/gateway/world";

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function ask(path: string, init: RequestInit = {}, tenant = tenantA) {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${await world.tokenOf(tenant)}`);
  return fetch(world.url + path, { redirect: "manual", ...init, headers });
}
const echoOf = async (response: Response): Promise<Echo> => JSON.parse(await response.text());

test("the service learns tenant and subject from what the gateway signed", async () => {
  const response = await ask("/students/7?x=1&x=2");
  expect(response.status).toBe(200);
  const echo = await echoOf(response);
  expect(echo).toMatchObject({
    tenant: tenantA,
    subject: { kind: "user", id: "ann" },
    method: "GET",
    url: "/students/7?x=1&x=2",
  });
  expect(echo.headers["x-tenant-id"]).toBe(tenantA);
});

test("the client's token stays at the gateway", async () => {
  expect((await echoOf(await ask("/a"))).names).not.toContain("authorization");
});

test.each(["POST", "PUT", "PATCH", "DELETE"])(
  "a body of %s arrives byte by byte with its type",
  async (method) => {
    const body = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const type = 'multipart/form-data; boundary="a b"; charset=x';
    const echo = await echoOf(await ask("/b", { method, body, headers: { "content-type": type } }));
    expect(echo).toMatchObject({ method, body: body.toString("latin1") });
    expect(echo.headers).toMatchObject({ "content-type": type, "content-length": "256" });
  },
);

test("JSON arrives as it was written", async () => {
  const body = '{ "a" : 1.0, "a": 2 }';
  const echo = await echoOf(
    await ask("/j", { method: "POST", body, headers: { "content-type": "application/json" } }),
  );
  expect(echo.body).toBe(body);
});

test("a body without a type arrives without one", async () => {
  const token = await world.tokenOf(tenantA);
  const answer = await exchange(
    world.gateway.port,
    `POST /n HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi`,
  );
  expect(statusOf(answer)).toBe(200);
  expect(answer).toContain('"body":"hi"');
  expect(answer).not.toContain('"content-type":"application/octet-stream"');
});

test("a chunked body arrives whole", async () => {
  const token = await world.tokenOf(tenantA);
  const answer = await exchange(
    world.gateway.port,
    `POST /n HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhi\r\n4\r\n you\r\n0\r\n\r\n`,
  );
  expect(answer).toContain('"body":"hi you"');
});

test("HEAD and OPTIONS pass", async () => {
  expect((await ask("/h", { method: "HEAD" })).status).toBe(200);
  expect((await echoOf(await ask("/o", { method: "OPTIONS" }))).method).toBe("OPTIONS");
});

test("what is between services does not reach the client", async () => {
  const names = [...(await ask("/a")).headers.keys()];
  expect(names.filter((name) => name.startsWith("x-tenant") || name.startsWith("x-freehold"))).toEqual([]);
});

test("a redirect is the client's to follow", async () => {
  const response = await ask("/redirects");
  expect([response.status, response.headers.get("location")]).toEqual([302, "/elsewhere"]);
});

test("the longest prefix chooses the service, by whole segments", async () => {
  const before = world.students.arrived.length;
  await ask("/students");
  await ask("/students/1");
  await ask("/studentsx");
  await ask("/%73tudents/1");
  expect(world.students.arrived.slice(before).map(({ url }) => url)).toEqual(["/students", "/students/1"]);
});

test("a token for one service opens no other", async () => {
  const token = await world.issuer.token({ tid: tenantA, aud: "students" });
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${world.url}/students/1`, { headers })).status).toBe(200);
  expect((await fetch(`${world.url}/other`, { headers })).status).toBe(401);
});

test("a service that is busy is asked once", async () => {
  const before = world.assessments.arrived.length;
  expect((await ask("/unavailable")).status).toBe(503);
  expect(world.assessments.arrived.length - before).toBe(1);
});
