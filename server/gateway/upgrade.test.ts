import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import {
  createGatewayWorld,
  exchange,
  statusOf,
  suspended,
  tenantA,
  tenantB,
  type GatewayWorld,
} from "@/server/testing/gateway/world";

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const open = (token: string, headers: Record<string, string> = {}, path = "/ws") =>
  new WebSocket(`ws://127.0.0.1:${world.gateway.port}${path}`, ["chat"], {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });

async function refusal(socket: WebSocket): Promise<number | undefined> {
  const [, response] = await once(socket, "unexpected-response");
  response.resume();
  return response.statusCode;
}

test("a socket is of the tenant of its token", async () => {
  const socket = open(await world.tokenOf(tenantA), { "x-freehold-context": "forged" });
  const [hello] = await once(socket, "message");
  expect(String(hello)).toBe(tenantA);
  const echoed = once(socket, "message");
  socket.send("hi");
  expect(String((await echoed)[0])).toBe("echo hi");
  expect(socket.protocol).toBe("chat");
  socket.close();
  await once(socket, "close");
});

test("a megabyte passes both ways", async () => {
  const socket = open(await world.tokenOf(tenantA));
  await once(socket, "message");
  const big = "x".repeat(1024 * 1024);
  const echoed = once(socket, "message");
  socket.send(big);
  expect(String((await echoed)[0])).toBe(`echo ${big}`);
  socket.terminate();
});

test.each([
  ["nobody's token", () => Promise.resolve("x.y.z"), {}, 401],
  ["a suspended tenant's token", () => world.tokenOf(suspended), {}, 403],
  ["another tenant's header", () => world.tokenOf(tenantA), { "x-tenant-id": tenantB }, 403],
])("%s is refused before the service hears of it", async (_, make, headers, status) => {
  const before = world.assessments.arrived.length;
  expect(await refusal(open(await make(), headers))).toBe(status);
  expect(world.assessments.arrived.length).toBe(before);
});

test("a service that refuses says so in its own words", async () => {
  const [, response] = await once(
    open(await world.tokenOf(tenantA), {}, "/ws/nowhere"),
    "unexpected-response",
  );
  expect([response.statusCode, response.headers["x-tenant-id"]]).toEqual([404, undefined]);
  expect(await text(response)).toBe("nowhere");
});

test("a service that sends sockets elsewhere at its own origin sends them there at the client's", async () => {
  const [, response] = await once(open(await world.tokenOf(tenantA), {}, "/ws/moved"), "unexpected-response");
  expect([response.statusCode, response.headers.location]).toEqual([
    307,
    `http://127.0.0.1:${world.gateway.port}/ws`,
  ]);
});

test("a service that is away is a 502", async () => {
  await using away = await createGatewayWorld({ upstream: "http://127.0.0.1:9" });
  const socket = new WebSocket(`ws://127.0.0.1:${away.gateway.port}/ws`, {
    headers: { authorization: `Bearer ${await away.tokenOf(tenantA)}` },
  });
  expect(await refusal(socket)).toBe(502);
});

test("nothing but WebSockets is upgraded", async () => {
  const token = await world.tokenOf(tenantA);
  const ask = (lines: string) =>
    exchange(
      world.gateway.port,
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n${lines}\r\n\r\n`,
    );
  expect(statusOf(await ask("Connection: Upgrade\r\nUpgrade: tls/1.0"))).toBe(400);
  expect(statusOf(await ask("Connection: Upgrade\r\nUpgrade: websocket"))).toBe(400);
});

test("a socket that the service drops is dropped at the client", async () => {
  await using ending = await createGatewayWorld();
  const socket = new WebSocket(`ws://127.0.0.1:${ending.gateway.port}/ws`, {
    headers: { authorization: `Bearer ${await ending.tokenOf(tenantA)}` },
  });
  socket.on("error", () => {});
  await once(socket, "message");
  const closed = once(socket, "close");
  ending.assessments.dropSockets();
  await closed;
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test("a service whose first words come with its answer is told apart from the gateway's last", async () => {
  // Half of a frame: whatever is put in here is read as its other half.
  const half = Buffer.from([0x81, 10, ...Buffer.from("hello")]);
  const hasty = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      socket.write(
        Buffer.concat([
          Buffer.from(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
          ),
          half,
        ]),
      ),
    );
  }).listen(0, "127.0.0.1");
  await once(hasty, "listening");
  const { port } = hasty.address() as AddressInfo;
  await using stopping = await createGatewayWorld({ upstream: `http://127.0.0.1:${port}`, drain: 0.1 });
  const head = [
    "GET /ws HTTP/1.1",
    "Host: 127.0.0.1",
    `Authorization: Bearer ${await stopping.tokenOf(tenantA)}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  const socket = connect(stopping.gateway.port, "127.0.0.1");
  socket.on("error", () => {});
  let heard = "";
  const all = (async () => {
    for await (const part of socket.setEncoding("latin1")) heard += String(part);
  })();
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await expect.poll(() => heard).toContain("hello");
  await stopping.gateway.close();
  await all;
  expect(heard.split("\r\n\r\n")[1]).toBe(half.toString("latin1"));
  hasty.close();
});
