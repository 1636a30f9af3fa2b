import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type Served } from "../testing/http-scene.ts";
import { createHttpWorld, tenants, type HttpWorld } from "../testing/http-world.ts";
import { listen } from "../testing/listening.ts";
import { open, requestOf, type RawAnswer } from "../testing/wire.ts";
import type { TenantResolver } from "./incoming.ts";
import { createTenantLifetimes } from "./tenant-lifetimes.ts";
import { testHandshakes } from "./transports.contract.ts";
import { acceptSockets, inactiveCode, tenantOf } from "./websocket.ts";

const upgrade = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

type Connected = (socket: WebSocket) => void;

async function start(
  { store, resolver }: Pick<HttpWorld, "store"> & { resolver: TenantResolver },
  connected: Connected,
): Promise<Served> {
  const mishaps: unknown[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  const lifetimes = createTenantLifetimes(store, { recheckMs: 600_000 });
  const server = createServer();
  const onError = (error: unknown) => void mishaps.push(error);
  server.on("upgrade", acceptSockets({ resolver, sockets, lifetimes, onError }));
  sockets.on("connection", connected);
  const { port, close } = await listen(server);
  return {
    port,
    mishaps,
    async close() {
      lifetimes.close();
      await close();
    },
  };
}

const tellWhose: Connected = (socket) => {
  const { tenant, decidedBy, authenticated } = tenantOf(socket);
  socket.send(JSON.stringify({ tenant, decidedBy, authenticated }), () => socket.terminate());
};

/** The first text frame after the upgrade, as if it were the body. */
function read(answer: RawAnswer): RawAnswer {
  if (answer.status !== 101) return answer;
  const isShort = (answer.body[1] ?? 0) < 126;
  return { ...answer, status: 200, body: answer.body.subarray(isShort ? 2 : 4) };
}

testHandshakes("WebSocket", (world) => start(world, tellWhose), {
  seesPeer: true,
  seesLines: true,
  wire: { lines: upgrade, read },
});

async function connected(
  connect: Connected = () => {},
  decide = (resolver: TenantResolver, _store: HttpWorld["store"]): TenantResolver => resolver,
) {
  const world = await createHttpWorld();
  const served = await start({ ...world, resolver: decide(world.resolver, world.store) }, connect);
  onTestFinished(() => served.close());
  const socketOf = async (tenant: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/`, {
      headers: { authorization: await world.bearer(tenant) },
    });
    await once(socket, "open");
    return socket;
  };
  return { ...world, ...served, socketOf };
}

async function closing(socket: WebSocket): Promise<[code: number, reason: string]> {
  const [code, reason] = (await once(socket, "close")) as [number, Buffer];
  return [code, reason.toString()];
}

test("the socket of a tenant that ends is closed and says why, and the other's goes on", async () => {
  const { store, socketOf } = await connected((socket) =>
    socket.on("message", (text) => socket.send(String(text))),
  );
  const [a, b] = [await socketOf(tenants.A), await socketOf(tenants.B)];
  const closed = closing(a);
  store.setStatus(tenants.A, "suspended");
  expect(await closed).toEqual([inactiveCode, "tenant_inactive"]);
  const echo = once(b, "message");
  b.send("still here");
  expect(String((await echo)[0])).toBe("still here");
});

test("what a tenant sends after its end is not heard", async () => {
  const heard: string[] = [];
  const { store, bearer, port } = await connected((socket) => {
    socket.on("message", (text) => heard.push(String(text)));
    socket.send("ready");
  });
  const socket = await open(port);
  const lines = ["GET / HTTP/1.1", "Host: 127.0.0.1", `Authorization: ${await bearer(tenants.A)}`];
  socket.write(requestOf([...lines, ...upgrade]));
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  const until = async (text: string) => {
    while (!Buffer.concat(received).includes(text)) await once(socket, "data");
  };
  await until("ready");
  socket.write(frame("before"));
  while (heard.length === 0) await new Promise(setImmediate);
  store.setStatus(tenants.A, "suspended");
  await until("tenant_inactive");
  socket.write(frame("after"));
  // The peer never answers the closing, and is cut off.
  await once(socket, "close");
  expect(heard).toEqual(["before"]);
});

/** A text frame with a mask of zeros. */
function frame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

test("a tenant that ends while its handshake is decided gets no socket that stays", async () => {
  const { socketOf } = await connected(undefined, (resolver, store) => ({
    async resolve(incoming) {
      const context = await resolver.resolve(incoming);
      store.setStatus(tenants.A, "suspended");
      return context;
    },
  }));
  expect(await closing(await socketOf(tenants.A))).toEqual([inactiveCode, "tenant_inactive"]);
});

test("a service that stops closes its sockets as unavailable", async () => {
  const { close, socketOf } = await connected();
  const closed = closing(await socketOf(tenants.A));
  await close();
  expect(await closed).toEqual([4503, "unavailable"]);
});

test("a handshake without a tenant is refused with the status and its problem, and no upgrade", async () => {
  const { port } = await connected();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  socket.on("error", () => {});
  const [, response] = await once(socket, "unexpected-response");
  expect(response.statusCode).toBe(401);
  expect(response.headers["content-type"]).toBe("application/problem+json");
  response.resume();
});

test("an error of the resolver is a 500 that says nothing, and is heard of", async () => {
  const { port, mishaps } = await connected(undefined, () => ({
    resolve: () => Promise.reject(new Error("hunter2")),
  }));
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  socket.on("error", () => {});
  const [, response] = await once(socket, "unexpected-response");
  expect(response.statusCode).toBe(500);
  expect(String(await response.toArray())).not.toContain("hunter2");
  expect(mishaps).toMatchObject([{ message: "hunter2" }]);
});

test("a caller that goes away while its handshake is decided harms nobody", async () => {
  let decide: (() => void) | undefined;
  const { port, mishaps, bearer, socketOf } = await connected(undefined, (resolver) => ({
    async resolve(incoming) {
      if (incoming.path === "/wait") await new Promise<void>((resolve) => (decide = resolve));
      return resolver.resolve(incoming);
    },
  }));
  const socket = await open(port);
  const lines = ["GET /wait HTTP/1.1", "Host: 127.0.0.1", `Authorization: ${await bearer(tenants.A)}`];
  socket.on("error", () => {}).write(requestOf([...lines, ...upgrade]));
  while (!decide) await new Promise(setImmediate);
  socket.resetAndDestroy();
  await once(socket, "close");
  decide();
  await socketOf(tenants.A);
  expect(mishaps).toEqual([]);
});
