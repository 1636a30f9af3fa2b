import { once } from "node:events";
import { Agent, request as send } from "node:http";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { createGatewayWorld, tenantA, tenantB, type GatewayWorld } from "@/server/testing/gateway/world";

const admin = (world: GatewayWorld, path: string) =>
  fetch(`http://127.0.0.1:${world.gateway.adminPort}${path}`);

/** One request over kept connections: its status, or the error's code. */
function call(world: GatewayWorld, agent: Agent, token: string, path = "/x"): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}` };
    send(world.url + path, { agent, headers }, (response) => {
      response.once("end", () => resolve(response.statusCode ?? 0)).once("error", () => resolve("broken"));
      response.resume();
    })
      .once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"))
      .end();
  });
}

test("the admin port tells health and figures, and nothing else", async () => {
  await using world = await createGatewayWorld();
  const headers = { authorization: `Bearer ${await world.tokenOf(tenantA)}` };
  await (await fetch(`${world.url}/x`, { headers })).text();
  await (await fetch(`${world.url}/x`)).text();
  expect((await admin(world, "/health/live")).status).toBe(200);
  expect((await admin(world, "/health/ready")).status).toBe(200);
  expect((await admin(world, "/")).status).toBe(404);
  const figures = await (await admin(world, "/metrics")).text();
  expect(figures).toContain(
    'freehold_gateway_requests_total{service="assessments",outcome="forwarded",status="2xx"} 1',
  );
  expect(figures).toContain(
    'freehold_gateway_requests_total{service="none",outcome="unauthenticated",status="4xx"} 1',
  );
  expect(figures).toContain('freehold_gateway_resolves_total{from="cache"}');
  expect(figures).toContain('freehold_gateway_request_seconds_count{service="assessments"} 1');
  expect(figures).not.toContain(tenantA);
  // Clients do not see it.
  expect((await fetch(`${world.url}/metrics`)).status).toBe(401);
});

test("the busiest tenants have a line in the figures when that is asked for, the rest one together", async () => {
  await using world = await createGatewayWorld({ metricsTenants: 1 });
  const agent = new Agent();
  for (const [tenant, times] of [
    [tenantA, 3],
    [tenantB, 2],
  ] as const) {
    const token = await world.tokenOf(tenant);
    for (let turn = 0; turn < times; turn++) expect(await call(world, agent, token)).toBe(200);
  }
  const figures = await (await admin(world, "/metrics")).text();
  expect(figures).toContain(`freehold_gateway_tenant_requests_total{tenant="${tenantA}"} 3`);
  expect(figures).toContain('freehold_gateway_tenant_requests_total{tenant="other"} 2');
  expect(figures).not.toContain(tenantB);
});

test("it is not ready while a service is away", async () => {
  await using world = await createGatewayWorld({ upstream: "http://127.0.0.1:9" });
  expect((await admin(world, "/health/live")).status).toBe(200);
  expect((await admin(world, "/health/ready")).status).toBe(503);
});

test("draining loses no request", async () => {
  await using world = await createGatewayWorld({ grace: 1.5 });
  const token = await world.tokenOf(tenantA);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const answers: (number | string)[] = [];
  // As a balancer does: it goes on sending until it is told that the gateway is not ready.
  let isReady = true;
  const lanes = Array.from({ length: 8 }, async () => {
    while (isReady) answers.push(await call(world, agent, token, "/slow?ms=5"));
  });
  const slow = call(world, new Agent(), token, "/slow?ms=800");
  while (world.assessments.busy() < 2) await new Promise(setImmediate);
  const closing = world.gateway.close();
  const before = answers.length;
  expect((await admin(world, "/health/ready")).status).toBe(503);
  while (answers.length < before + 20) await new Promise(setImmediate);
  isReady = false;
  await Promise.all([...lanes, closing]);
  expect(await slow).toBe(200);
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await call(world, new Agent(), token)).toBe("ECONNREFUSED");
  agent.destroy();
});

test("what does not end is cut when the time is over", async () => {
  await using world = await createGatewayWorld({ drain: 0.2 });
  const token = await world.tokenOf(tenantA);
  const endless = call(world, new Agent(), token, "/events");
  const socket = new WebSocket(`ws://127.0.0.1:${world.gateway.port}/ws`, {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on("error", () => {});
  await once(socket, "message");
  const ended = once(socket, "close");
  await world.gateway.close();
  const [code, reason] = await ended;
  expect([code, String(reason)]).toEqual([4503, "unavailable"]);
  expect(typeof (await endless)).toBe("string");
  expect(await call(world, new Agent(), token)).toBe("ECONNREFUSED");
});
