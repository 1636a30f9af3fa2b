import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contextHeader } from "@/sdk/tokens/claims";
import type { Echo } from "@/server/testing/gateway/upstream";
import {
  createGatewayWorld,
  exchange,
  tenantA,
  tenantB,
  type GatewayWorld,
} from "@/server/testing/gateway/world";

let world: GatewayWorld;
/** Moves the clock of the services. */
let aheadMs = 0;
beforeAll(async () => {
  world = await createGatewayWorld({}, { now: () => Date.now() + aheadMs });
});
afterAll(() => world[Symbol.asyncDispose]());

const claims: Record<string, string> = {
  "X-Environment-Id": tenantA,
  "Tenant-Id": tenantB,
  "X-Freehold-Context": "forged",
  "X-Freehold-Anything": "forged",
  "X-Forwarded-For": "203.0.113.9",
  "X-Forwarded-Host": "b.test",
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Prefix": "/forged",
  Forwarded: "for=203.0.113.9;host=b.test",
  "X-Real-Ip": "203.0.113.9",
  "X-Original-Url": "/forged",
  "X-Rewrite-Url": "/forged",
  "X-Http-Method-Override": "DELETE",
  "X-Request-Id": "forged",
  TE: "trailers",
  "Proxy-Authorization": "forged",
  "Keep-Alive": "timeout=forged",
};

async function send(lines: Record<string, string>, method = "GET", path = "/x", body = ""): Promise<Echo> {
  const token = await world.tokenOf(tenantA);
  const all = { Host: "127.0.0.1", Authorization: `Bearer ${token}`, ...lines, Connection: "close" };
  const text = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === "" ? "" : `Content-Length: ${body.length}\r\n`;
  const answer = await exchange(
    world.gateway.port,
    `${method} ${path} HTTP/1.1\r\n${text.join("")}${length}\r\n${body}`,
  );
  return JSON.parse(/\{.*\}/s.exec(answer)?.[0] ?? "null");
}

describe("what a client claims", () => {
  test("never arrives", async () => {
    const { headers } = await send(claims);
    expect(headers).toMatchObject({
      "x-tenant-id": tenantA,
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "127.0.0.1",
      "x-forwarded-proto": "http",
    });
    expect(Object.values(headers).join("\n")).not.toMatch(/forged|203\.0\.113\.9|b\.test/);
    const ours = [
      "x-tenant-id",
      "x-freehold-context",
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-proto",
      "x-request-id",
    ];
    const left = Object.keys(headers).filter((name) => /^(x-|tenant|forwarded|te$|proxy|keep)/.test(name));
    expect(left.toSorted()).toEqual(ours.toSorted());
  });

  test("is there once", async () => {
    const { names } = await send(claims);
    expect(names.filter((name) => name === "x-tenant-id")).toHaveLength(1);
    expect(names.filter((name) => name === contextHeader)).toHaveLength(1);
  });

  test("a header that Connection lists does not go further", async () => {
    const token = await world.tokenOf(tenantA);
    const answer = await exchange(
      world.gateway.port,
      `GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nX-Mine: 1\r\nX-Other: 2\r\nConnection: close, X-Mine\r\n\r\n`,
    );
    expect(answer).toContain('"x-other":"2"');
    expect(answer).not.toContain("x-mine");
  });

  test("cookies and traces are the service's", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const { headers } = await send({ Cookie: "theme=dark", Traceparent: traceparent });
    expect(headers).toMatchObject({ cookie: "theme=dark", traceparent });
  });
});

test("a hop in front that is trusted is believed where the client came from", async () => {
  await using behind = await createGatewayWorld({ trustedHop: ["127.0.0.1"] });
  const response = await fetch(`${behind.url}/x`, {
    headers: {
      authorization: `Bearer ${await behind.tokenOf(tenantA)}`,
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-host": "a.test",
      "x-forwarded-proto": "https",
    },
  });
  const { headers }: Echo = JSON.parse(await response.text());
  expect(headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9, 127.0.0.1",
    "x-forwarded-host": "a.test",
    "x-forwarded-proto": "https",
  });
});

test.each([
  ["another tenant's host", { "x-forwarded-host": "b.test" }, 403],
  ["two hosts", { "x-forwarded-host": "a.test, b.test" }, 400],
])("a hop in front that sends %s is refused", async (_, claimed, status) => {
  await using behind = await createGatewayWorld({ trustedHop: ["127.0.0.1"] });
  const headers = { authorization: `Bearer ${await behind.tokenOf(tenantA)}`, ...claimed };
  expect((await fetch(`${behind.url}/x`, { headers })).status).toBe(status);
});

test("upstreams see their own host, or the client's when told so", async () => {
  expect((await send({ Host: "a.test" })).headers.host).toBe(new URL(world.assessments.origin).host);
  await using kept = await createGatewayWorld({ hostHeader: "client" });
  const answer = await exchange(
    kept.gateway.port,
    `GET /x HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer ${await kept.tokenOf(tenantA)}\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toContain('"host":"a.test"');
});

describe("what the gateway signed", () => {
  /** What a service would do that passes on what it got. */
  const replay = (
    echo: Echo,
    change: { method?: string; path?: string; body?: string; to?: string; tenant?: string },
  ) =>
    fetch((change.to ?? world.assessments.origin) + (change.path ?? echo.url), {
      method: change.method ?? echo.method,
      headers: {
        "x-tenant-id": change.tenant ?? echo.headers["x-tenant-id"] ?? "",
        [contextHeader]: echo.headers[contextHeader] ?? "",
      },
      ...(change.body === undefined ? {} : { body: change.body }),
    });

  test("is taken for the request that it was signed for", async () => {
    expect((await replay(await send({}, "GET", "/x?a=1"), {})).status).toBe(200);
  });

  test.each([
    ["path", { path: "/y?a=1" }],
    ["query", { path: "/x?a=2" }],
    ["method", { method: "OPTIONS" }],
    ["method, with a body", { method: "POST", body: "x" }],
    ["tenant", { tenant: tenantB }],
  ])("is refused with another %s", async (_, change) => {
    expect((await replay(await send({}, "GET", "/x?a=1"), change)).status).toBeGreaterThanOrEqual(400);
  });

  test("is refused with another body", async () => {
    expect((await replay(await send({}, "PUT", "/x", "one"), { body: "two" })).status).toBe(401);
  });

  test("is refused a second time when it changes something", async () => {
    expect((await replay(await send({}, "POST", "/x", "one"), { body: "one" })).status).toBe(401);
  });

  test("is refused by another service", async () => {
    expect((await replay(await send({}), { to: world.students.origin })).status).toBe(401);
  });

  test("is refused after 60 s and the tolerance of 5", async () => {
    const echo = await send({});
    aheadMs = 66_000;
    try {
      expect((await replay(echo, {})).status).toBe(401);
    } finally {
      aheadMs = 0;
    }
  });
});

test("a service does not take a tenant from a client that comes past the gateway", async () => {
  const direct = await fetch(`${world.assessments.origin}/x`, { headers: { "x-tenant-id": tenantA } });
  expect(direct.status).toBe(401);
});

test("violations are reported against the tenant of the token, and folded", async () => {
  await using watched = await createGatewayWorld();
  const headers = { authorization: `Bearer ${await watched.tokenOf(tenantA)}`, "x-tenant-id": tenantB };
  for (let turn = 0; turn < 5; turn++)
    expect((await fetch(`${watched.url}/x`, { headers })).status).toBe(403);
  // A stranger's claim is nobody's violation.
  await fetch(`${watched.url}/x`, { headers: { "x-tenant-id": tenantB } });
  await watched.gateway.close();
  expect(watched.violations).toMatchObject([{ tenant: tenantA, code: "tenant_conflict", count: 5 }]);
  expect(watched.violations[0]?.explanation.hints.map(({ source }) => source)).toContain("header");
});
