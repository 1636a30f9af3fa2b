import { once } from "node:events";
import { createServer as createTlsServer, request as askTls } from "node:https";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSelfSigned } from "@/server/testing/gateway/self-signed";
import {
  codeOf,
  createGatewayWorld,
  exchange,
  statusOf,
  tenantA,
  type GatewayWorld,
} from "@/server/testing/gateway/world";

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld({ maxBody: 1, upstreamTimeout: 0.3 });
});
afterAll(() => world[Symbol.asyncDispose]());

async function ask(path: string, init: RequestInit = {}, to = world) {
  const headers = { authorization: `Bearer ${await to.tokenOf(tenantA)}` };
  return fetch(to.url + path, { ...init, headers });
}

test("a service that does not answer in time is a 504, asked once", async () => {
  const before = world.assessments.arrived.length;
  const response = await ask("/slow?ms=2000");
  expect([response.status, (await response.json()).code]).toEqual([504, "upstream_timeout"]);
  expect(world.assessments.arrived.length - before).toBe(1);
});

test("a service that is away is a 502", async () => {
  await using away = await createGatewayWorld({ upstream: "http://127.0.0.1:9" });
  const response = await ask("/x", {}, away);
  expect([response.status, (await response.json()).code]).toEqual([502, "upstream_unavailable"]);
});

test("a service that hangs up on a POST is a 502, and nothing is sent twice", async () => {
  let connections = 0;
  const rude = createServer((socket) => {
    connections += 1;
    socket.once("data", () => socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(rude, "listening");
  const { port } = rude.address() as AddressInfo;
  await using before = await createGatewayWorld({ upstream: `http://127.0.0.1:${port}` });
  expect((await ask("/x", { method: "POST", body: "x" }, before)).status).toBe(502);
  expect(connections).toBe(1);
  rude.close();
});

test("an answer with headers that are none is passed on without them, or refused", async () => {
  const odd = createServer((socket) => {
    socket.once("data", () =>
      socket.end(
        "HTTP/1.1 200 OK\r\nX-Name: жук\r\nX-Good: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
      ),
    );
  }).listen(0, "127.0.0.1");
  await once(odd, "listening");
  const { port } = odd.address() as AddressInfo;
  await using before = await createGatewayWorld({ upstream: `http://127.0.0.1:${port}` });
  const response = await ask("/x", {}, before);
  expect([response.status, response.headers.get("x-good"), await response.text()]).toEqual([200, "1", "ok"]);
  odd.close();
});

test("what is no HTTP is a 502", async () => {
  const odd = createServer((socket) => {
    socket.once("data", () => socket.end("no\r\n\r\n"));
  }).listen(0, "127.0.0.1");
  await once(odd, "listening");
  const { port } = odd.address() as AddressInfo;
  await using before = await createGatewayWorld({ upstream: `http://127.0.0.1:${port}` });
  expect((await ask("/x", {}, before)).status).toBe(502);
  odd.close();
});

test("a service whose certificate nobody vouches for is not spoken to", async () => {
  const secure = createTlsServer(createSelfSigned(), (_, response) => response.end("secret")).listen(
    0,
    "127.0.0.1",
  );
  await once(secure, "listening");
  const { port } = secure.address() as AddressInfo;
  const direct = askTls({ host: "127.0.0.1", port, rejectUnauthorized: false });
  const [answer] = await once(direct.end(), "response");
  expect(answer.statusCode).toBe(200);
  await using before = await createGatewayWorld({ upstream: `https://127.0.0.1:${port}` });
  expect((await ask("/x", {}, before)).status).toBe(502);
  secure.close();
  secure.closeAllConnections();
});

test("an answer without a body that says how long its body would be is whole", async () => {
  const cached = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", () =>
      socket.write('HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 77\r\n\r\n'),
    );
  }).listen(0, "127.0.0.1");
  await once(cached, "listening");
  const { port } = cached.address() as AddressInfo;
  await using before = await createGatewayWorld({ upstream: `http://127.0.0.1:${port}` });
  const head = `GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${await before.tokenOf(tenantA)}\r\n`;
  // The connection serves the request that follows as well.
  const answers = await exchange(before.gateway.port, `${head}\r\n${head}Connection: close\r\n\r\n`);
  expect(answers.match(/^HTTP\/1\.1 304 /gm)?.length).toBe(2);
  cached.close();
});

test("an answer that breaks off in the middle breaks off at the client", async () => {
  const response = await ask("/dies");
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test("a client that leaves ends the answer of the service", async () => {
  const leaving = new AbortController();
  const response = await ask("/events", { signal: leaving.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  expect(world.assessments.busy()).toBe(1);
  const gone = world.assessments.idle();
  leaving.abort();
  await gone;
  expect(world.assessments.busy()).toBe(0);
});

test("a body over the bound is a 413 and does not arrive", async () => {
  const before = world.assessments.arrived.length;
  const response = await ask("/x", { method: "POST", body: Buffer.alloc(1024 * 1024 + 1) });
  expect([response.status, (await response.json()).code]).toEqual([413, "too_large"]);
  expect(world.assessments.arrived.length).toBe(before);
});

test("a body over the bound in chunks is a 413", async () => {
  const head = `POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${await world.tokenOf(tenantA)}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  const answer = await exchange(world.gateway.port, head + chunk.repeat(17));
  expect([statusOf(answer), codeOf(answer)]).toEqual([413, "too_large"]);
});

test("a body at the bound arrives", async () => {
  const response = await ask("/x", { method: "POST", body: "x".repeat(1024 * 1024) });
  expect((await response.json()).body).toHaveLength(1024 * 1024);
});

test("whoever is nobody has no body read", async () => {
  const head = "POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n";
  const socket = connect(world.gateway.port, "127.0.0.1");
  socket.write(head);
  const [answer] = await once(socket, "data");
  expect(statusOf(String(answer))).toBe(401);
  socket.destroy();
});

test("a head that comes drop by drop is cut off", async () => {
  await using patient = await createGatewayWorld({ headTimeout: 0.2 });
  const socket = connect(patient.gateway.port, "127.0.0.1");
  socket.on("error", () => {});
  const drops = setInterval(() => socket.write("X-A: 1\r\n"), 20);
  socket.write("GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  const [answer] = await once(socket, "data");
  await once(socket, "close");
  clearInterval(drops);
  expect([statusOf(String(answer)), codeOf(String(answer))]).toEqual([408, "request_timeout"]);
});

test("100 MB pass", async () => {
  const response = await ask("/stream?mb=100");
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += chunk.length;
  expect(bytes).toBe(100 * 1024 * 1024);
});

test("a client that reads nothing holds the service back, so that nothing piles up", async () => {
  const socket = connect(world.gateway.port, "127.0.0.1");
  const token = await world.tokenOf(tenantA);
  socket.pause();
  socket.write(`GET /stream?mb=500 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  // What is on its way is in the buffers of sockets.
  expect(await world.assessments.stalled()).toBeLessThan(32);
  const gone = world.assessments.idle();
  socket.destroy();
  await gone;
});
