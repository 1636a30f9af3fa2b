import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import WebSocket from "ws";
import { violation } from "@/drizzle/control/schema/tokens";
import { ControlPlaneStore } from "@/sdk/stores/control-plane-store";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { env } from "@/server/kernel/env";
import { listContextKeys, serveControlPlane, takeToken } from "@/server/testing/gateway/control-plane";
import { startUpstream, type Upstream } from "@/server/testing/gateway/upstream";
import { createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { connectFreehold } from "./connect-freehold";
import { startGateway, type RunningGateway } from "./gateway";
import { readAccess, readSettings } from "./settings";

let world: ServiceWorld;
let plane: { url: string; stop(): void };
let store: ControlPlaneStore;
let upstream: Upstream;
let gateway: RunningGateway;
let caller: string;

beforeAll(async () => {
  world = await createServiceWorld();
  plane = await serveControlPlane();
  const { key } = await world.service("gateway");
  const students = await world.service("students");
  caller = (await world.service("caller")).key;
  store = new ControlPlaneStore({ url: plane.url, key: students.key, issuer: env().baseUrl });
  upstream = await startUpstream({ service: "students", store, keys: () => listContextKeys(students.key) });
  const settings = readSettings({
    upstream: upstream.origin,
    audience: "students",
    issuer: env().baseUrl,
    port: 0,
    adminPort: 0,
    host: "127.0.0.1",
    grace: 0,
    drain: 0.2,
  });
  const access = readAccess({ FREEHOLD_URL: plane.url, FREEHOLD_SERVICE_KEY: key });
  gateway = await startGateway(settings, connectFreehold(settings, access));
}, 60_000);

afterAll(async () => {
  await gateway.close();
  await upstream.stop();
  await store.close();
  plane.stop();
  await world.end();
});

const ask = (token: string, path = "/x") =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, { headers: { authorization: `Bearer ${token}` } });
/** Its status; 0 when it broke off. */
async function answerOf(token: string): Promise<number> {
  try {
    const response = await ask(token);
    await response.text();
    return response.status;
  } catch {
    return 0;
  }
}
const openSocket = (token: string) =>
  new WebSocket(`ws://127.0.0.1:${gateway.port}/ws`, { headers: { authorization: `Bearer ${token}` } });

test("it is ready when Freehold has answered and the service is there", async () => {
  expect((await fetch(`http://127.0.0.1:${gateway.adminPort}/health/ready`)).status).toBe(200);
});

test("a token of Freehold's opens the tenant that it names", async () => {
  const { environment } = await world.activeEnvironment();
  const response = await ask(await takeToken(caller, "students", environment.id));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ tenant: environment.id, subject: { kind: "service" } });
});

test("a token for another service opens nothing", async () => {
  const { environment } = await world.activeEnvironment();
  expect((await ask(await takeToken(caller, "payroll", environment.id))).status).toBe(401);
});

test("a contradiction is counted against the tenant of the token, with what was seen", async () => {
  const { environment } = await world.activeEnvironment();
  const next = await world.activeEnvironment();
  const headers = {
    authorization: `Bearer ${await takeToken(caller, "students", environment.id)}`,
    "x-tenant-id": next.environment.id,
  };
  for (let turn = 0; turn < 3; turn++)
    expect((await fetch(`http://127.0.0.1:${gateway.port}/x`, { headers })).status).toBe(403);
  const told = async () => {
    const rows = await world.db.select().from(violation).where(eq(violation.environmentId, environment.id));
    return rows.map(({ code, count, sources }) => ({ code, count, sources }));
  };
  await expect
    .poll(told, { timeout: 10_000 })
    .toEqual([{ code: "tenant_conflict", count: 3, sources: "header,token" }]);
});

test("under load nothing succeeds later than a second after a tenant is suspended", async () => {
  const here = await world.activeEnvironment();
  const next = await world.activeEnvironment();
  const { id } = here.environment;
  const token = await takeToken(caller, "gateway", id);
  const neighbour = await takeToken(caller, "gateway", next.environment.id);
  const answers: { at: number; status: number }[] = [];
  let isOver = false;
  const lanes = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const status = await answerOf(token);
      answers.push({ at: performance.now(), status });
    }
  });
  const neighbours: number[] = [];
  const besides = (async () => {
    while (!isOver) neighbours.push(await answerOf(neighbour));
  })();
  const socket = openSocket(token);
  await once(socket, "message");
  const stream = await ask(token, "/events");
  const reader = stream.body?.getReader();
  await reader?.read();
  const ends = Promise.all([
    once(socket, "close").then(([code, reason]) => {
      expect([code, String(reason)]).toEqual([4403, "tenant_inactive"]);
      return performance.now();
    }),
    (async () => {
      while (!(await reader?.read().catch(() => ({ done: true })))?.done);
      return performance.now();
    })(),
  ]);
  while (answers.length < 200) await new Promise(setImmediate);
  await suspendEnvironment(here, { environment: id, reason: "Unpaid" });
  const suspendedAt = performance.now();
  const [socketEnd, streamEnd] = await ends;
  while ((answers.at(-1)?.at ?? 0) < suspendedAt + 1_500) await new Promise(setImmediate);
  isOver = true;
  await Promise.all([...lanes, besides]);
  const successes = answers.filter(({ status }) => status === 200).map(({ at }) => at - suspendedAt);
  expect(Math.max(...successes)).toBeLessThan(1_000);
  const others = answers.filter(({ status }) => status !== 200);
  expect(others.filter(({ status }) => status === 403).length).toBeGreaterThan(100);
  // An answer that was half there broke off; there are no more of them than were open at once.
  expect(others.filter(({ status }) => status !== 403).length).toBeLessThanOrEqual(8);
  expect(socketEnd - suspendedAt).toBeLessThan(1_000);
  expect(streamEnd - suspendedAt).toBeLessThan(1_000);
  expect(new Set(neighbours)).toEqual(new Set([200]));
  await resumeEnvironment(here);
  await expect.poll(async () => (await ask(token)).status, { timeout: 5_000 }).toBe(200);
}, 60_000);
