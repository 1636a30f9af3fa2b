import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  codeOf,
  createGatewayWorld,
  exchange,
  statusOf,
  suspended,
  tenantA,
  tenantB,
  type GatewayWorld,
} from "@/server/testing/gateway/world";
import { contradictions, framing, headers, hosts, targets, type EdgeCase } from "./edge.data";

let world: GatewayWorld;
let token: string;
beforeAll(async () => {
  world = await createGatewayWorld();
  token = await world.tokenOf(tenantA);
});
afterAll(() => world[Symbol.asyncDispose]());

function bytesOf({ lines: [first = "", ...rest], whole }: EdgeCase): Buffer {
  const added = whole ? [] : ["Host: 127.0.0.1", "Authorization: Bearer {token}"];
  const close = [first, ...rest].some((line) => line.startsWith("Connection:")) ? [] : ["Connection: close"];
  const isOpen = rest.includes("");
  const all = [first, ...added, ...close, ...rest, ...(isOpen ? [] : ["", ""])].join("\r\n");
  return Buffer.from(all.replaceAll("{token}", token).replaceAll("{a}", tenantA).replaceAll("{b}", tenantB));
}

const groups = { contradictions, headers, hosts, targets, framing };

describe.each(Object.entries(groups))("%s", (_, cases) => {
  test.each(cases)("$about: $status", async (edge) => {
    const before = [world.students, world.assessments].flatMap(({ arrived }) => arrived).length;
    const answer = await exchange(world.gateway.port, bytesOf(edge));
    expect(statusOf(answer), answer).toBe(edge.status);
    if (edge.code) expect(codeOf(answer)).toBe(edge.code);
    const arrived = [world.students, world.assessments].flatMap((upstream) => upstream.arrived);
    expect(arrived.length - before).toBe(edge.status === 200 ? 1 : 0);
    // Whatever was sent, the only tenant that ever arrives is the token's.
    if (edge.status === 200) expect(arrived.at(-1)?.headers["x-tenant-id"]).toBe(tenantA);
    else expect(answer).not.toMatch(new RegExp(`${tenantA}|${tenantB}|b\\.test`));
  });
});

describe("problems", () => {
  const refused = async (headers: Record<string, string>, path = "/x") => {
    const response = await fetch(world.url + path, { headers });
    return { response, text: await response.text() };
  };

  test("carry a request id and a code, and are not kept", async () => {
    const { response, text } = await refused({ authorization: `Bearer ${await world.tokenOf(suspended)}` });
    const id = response.headers.get("x-request-id");
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(JSON.parse(text)).toEqual({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      detail: "The tenant is not active.",
      code: "tenant_inactive",
      request_id: id,
    });
  });

  test("of a suspended tenant hold no id", async () => {
    const { text } = await refused({ authorization: `Bearer ${await world.tokenOf(suspended)}` });
    expect(text).not.toContain(suspended);
  });

  test("a client's request id is not taken over", async () => {
    const { response } = await refused({ "x-request-id": "mine" });
    expect(response.headers.get("x-request-id")).not.toBe("mine");
  });

  test("nobody learns which paths exist", async () => {
    const [known, unknown] = await Promise.all([refused({}, "/students/1"), refused({}, "/nothing")]);
    expect([known.response.status, unknown.response.status]).toEqual([401, 401]);
  });
});

test("a host that is empty is refused, also where hosts name no tenant", async () => {
  await using plain = await createGatewayWorld({ preset: "districtService", sharedHost: [] });
  const lines = ["GET /x HTTP/1.1", "Host:", `Authorization: Bearer ${await plain.tokenOf(tenantA)}`];
  const answer = await exchange(plain.gateway.port, `${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`);
  expect(statusOf(answer)).toBe(400);
  expect(plain.assessments.arrived).toEqual([]);
});

describe("tokens", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const tids: [string, unknown][] = [
    ["an array", [tenantA]],
    ["an object", { id: tenantA }],
    ["a number", 1],
    ["null", null],
    ["empty", ""],
    ["padded", ` ${tenantA}`],
    ["with a NUL", `${tenantA}\0`],
    ["with a joiner", `${tenantA}\u200d`],
    ["full width", "ａcme"],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["upper case", "AAAAAAAA-1111-4111-8111-111111111111"],
    ["10 KB", "a".repeat(10_000)],
  ];

  test.each(tids)("a tid that is %s opens nothing", async (_, tid) => {
    const bearer = await world.issuer.token({ tid });
    const answer = await exchange(
      world.gateway.port,
      `GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${bearer}\r\nConnection: close\r\n\r\n`,
    );
    expect([400, 401, 404]).toContain(statusOf(answer));
  });

  const wrong: [string, () => Promise<string>][] = [
    ["of nobody", () => Promise.resolve("x.y.z")],
    ["that has ended", () => world.issuer.token({ tid: tenantA, exp: now() - 10, iat: now() - 300 })],
    ["for somebody else", () => world.issuer.token({ tid: tenantA, aud: "payroll" })],
    ["of another issuer", () => world.issuer.token({ tid: tenantA, iss: "https://evil.example.com" })],
    ["of another kind", () => world.issuer.token({ tid: tenantA }, { typ: "JWT" })],
    ["of the future", () => world.issuer.token({ tid: tenantA, iat: now() + 600, exp: now() + 900 })],
    ["that is not yet", () => world.issuer.token({ tid: tenantA, nbf: now() + 60 })],
    ["without an end", () => world.issuer.token({ tid: tenantA, exp: undefined })],
    ["without a subject", () => world.issuer.token({ tid: tenantA, sub: undefined })],
    ["without an audience", () => world.issuer.token({ tid: tenantA, aud: undefined })],
    ["without a tenant", () => world.issuer.token({})],
    ["with another key's name", () => world.issuer.token({ tid: tenantA }, { kid: "../k1" })],
  ];

  test.each(wrong)("a token %s is refused like no token", async (_, make) => {
    const [without, withIt] = await Promise.all([
      fetch(`${world.url}/x`, { headers: { authorization: "Bearer x.y.z" } }),
      fetch(`${world.url}/x`, { headers: { authorization: `Bearer ${await make()}` } }),
    ]);
    expect(withIt.status).toBe(401);
    expect(withIt.headers.get("www-authenticate")).toBe("Bearer");
    const body = async (response: Response) => ({ ...(await response.json()), request_id: "" });
    expect(await body(withIt)).toEqual(await body(without));
  });

  test("two tenants under one name of the claim are refused", async () => {
    const good = await world.issuer.token({ tid: tenantA });
    const [head = "", payload = "", signature = ""] = good.split(".");
    const twice = Buffer.from(payload, "base64url").toString().replace("{", `{"tid":"${tenantB}",`);
    const forged = [head, Buffer.from(twice).toString("base64url"), signature].join(".");
    expect((await fetch(`${world.url}/x`, { headers: { authorization: `Bearer ${forged}` } })).status).toBe(
      401,
    );
  });
});
