import { afterAll, beforeAll, expect, test } from "vitest";
import { createGatewayWorld, tenantA, tenantB, type GatewayWorld } from "@/server/testing/gateway/world";

const page = "https://app.example.com";
let world: GatewayWorld;
let token: string;
beforeAll(async () => {
  world = await createGatewayWorld({ corsOrigin: [page] });
  token = await world.tokenOf(tenantA);
});
afterAll(() => world[Symbol.asyncDispose]());

const ask = (method: string, headers: Record<string, string>) => fetch(`${world.url}/x`, { method, headers });
const wanted = { "access-control-request-method": "PUT", "access-control-request-headers": "authorization" };
const arrived = () => world.assessments.arrived.length;

test("a preflight of a listed origin is answered, and no service hears of it", async () => {
  const before = arrived();
  const answer = await ask("OPTIONS", { origin: page, ...wanted });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": page,
    "access-control-allow-methods": expect.stringContaining("PUT"),
    "access-control-allow-headers": "authorization",
    "access-control-max-age": "600",
    vary: expect.stringContaining("Origin"),
  });
  expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
  expect(arrived()).toBe(before);
});

test.for([
  ["another origin", { origin: "https://evil.example.com", ...wanted }],
  ["an origin that begins alike", { origin: `${page}.evil.example.com`, ...wanted }],
  ["no origin", wanted],
  ["no request behind it", { origin: page }],
] as const)("a preflight of %s is what every request without a token is", async ([, headers]) => {
  const before = arrived();
  const answer = await ask("OPTIONS", { ...headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  expect(arrived()).toBe(before);
});

test("answers and refusals can be read by a page of a listed origin, and by no other", async () => {
  const authorization = `Bearer ${token}`;
  const conflict = { authorization, "x-tenant-id": tenantB };
  for (const origin of [page, "https://evil.example.com"]) {
    const answers = await Promise.all([
      ask("GET", { origin, authorization }),
      ask("OPTIONS", { origin, authorization }),
      ask("GET", { origin }),
      ask("GET", { origin, ...conflict }),
    ]);
    const seen = answers.map(({ status, headers }) => [status, headers.get("access-control-allow-origin")]);
    const allowed = origin === page ? page : null;
    expect(seen).toEqual([
      [200, allowed],
      [404, null],
      [401, allowed],
      [403, allowed],
    ]);
  }
});

test("what a service says of other origins is dropped where the gateway says it", async () => {
  const headers = { origin: "https://evil.example.com", authorization: `Bearer ${token}` };
  const answer = await fetch(`${world.url}/open`, { headers });
  expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
});
