import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { archiveEnvironment } from "@/server/domain/environments/archive";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { revokeService } from "@/server/domain/services/revoke";
import { env } from "@/server/kernel/env";
import { newId } from "@/server/kernel/ids";
import { code } from "@/server/testing/connect-answers";
import { asService, createServiceWorld, verified, type ServiceWorld } from "@/server/testing/service-world";
import { handleToken } from "./token";

let world: ServiceWorld;
let orders: { id: string; key: string };
let here: string;

beforeAll(async () => {
  world = await createServiceWorld();
  orders = await world.service("Orders");
  here = (await world.activeEnvironment()).environment.id;
}, 60_000);
afterEach(() => vi.useRealTimers());
afterAll(() => world.end());

const json = { "content-type": "application/json" };
const send = (body: BodyInit, headers: Record<string, string> = json, key = orders.key) =>
  handleToken(asService(key, "/internal/token", { method: "POST", headers, body }));
const ask = (fields: object, key = orders.key) =>
  send(JSON.stringify({ grant_type: "client_credentials", audience: "students", ...fields }), json, key);

async function granted(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body = (await response.json()) as { access_token: string };
  expect(body).toEqual({ access_token: expect.any(String), token_type: "Bearer", expires_in: 300 });
  return body.access_token;
}

describe("a service gets a token", () => {
  test("for itself, one audience and five minutes, that the published keys verify", async () => {
    const { payload, protectedHeader } = await verified(await granted(await ask({ tenant: here })), {
      issuer: env().baseUrl,
      audience: "students",
      subject: `service:${orders.id}`,
      typ: "at+jwt",
      requiredClaims: ["iat", "exp", "jti", "tid"],
    });
    expect(protectedHeader).toEqual({ alg: "EdDSA", kid: expect.any(String), typ: "at+jwt" });
    expect(Object.keys(payload).toSorted()).toEqual(["aud", "exp", "iat", "iss", "jti", "sub", "tid"]);
    expect(payload["tid"]).toBe(here);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  });

  test("without a tenant, which then has no tid", async () => {
    expect(decodeJwt(await granted(await ask({})))).not.toHaveProperty("tid");
  });

  test("by a form as well, and another one each time", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" };
    const fields = { grant_type: "client_credentials", audience: "students", tenant: here };
    const send50 = Array.from({ length: 50 }, async () =>
      granted(await send(new URLSearchParams(fields).toString(), form)),
    );
    const tokens = await Promise.all(send50);
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(50);
  });

  test("that ends by itself", async () => {
    const token = await granted(await ask({}));
    const after = new Date(Date.now() + 301_000);
    await expect(verified(token, { currentDate: after })).rejects.toThrow("exp");
  });

  test("that verifies until it ends, whichever key signs by then", async () => {
    const start = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: start + 29 * 86_400_000 });
    await granted(await ask({}));
    vi.setSystemTime(start + 30 * 86_400_000 - 61_000);
    const old = await granted(await ask({}));
    vi.setSystemTime(start + 30 * 86_400_000 + 120_000);
    const young = await granted(await ask({}));
    const [first, second] = [await verified(old, {}), await verified(young, {})];
    expect(first.protectedHeader.kid).not.toBe(second.protectedHeader.kid);
  });
});

const refusals: [string, () => Promise<Response>, string][] = [
  ["no audience", () => ask({ audience: undefined }), "invalid"],
  ["an empty audience", () => ask({ audience: "" }), "invalid"],
  ["two audiences", () => ask({ audience: ["a", "b"] }), "invalid"],
  ["an audience with a space", () => ask({ audience: "a b" }), "invalid"],
  ["an audience with a line break", () => ask({ audience: "a\r\n" }), "invalid"],
  ["an audience in Cyrillic letters", () => ask({ audience: "studеnts" }), "invalid"],
  ["an audience of 256 characters", () => ask({ audience: "a".repeat(256) }), "invalid"],
  ["another grant", () => ask({ grant_type: "password" }), "invalid"],
  ["a subject of one's own choice", () => ask({ sub: "user:1" }), "invalid"],
  ["claims of one's own choice", () => ask({ tid: here }), "invalid"],
  ["a prototype", () => send(`{"__proto__":{},"grant_type":"client_credentials","audience":"a"}`), "invalid"],
  ["a tenant by its slug", () => ask({ tenant: "prod" }), "invalid"],
  ["a tenant in capitals", () => ask({ tenant: here.toUpperCase() }), "invalid"],
  ["several tenants", () => ask({ tenant: [here, here] }), "invalid"],
  ["no tenant, said so", () => ask({ tenant: null }), "invalid"],
  ["a tenant that is not there", () => ask({ tenant: newId() }), "not_found"],
  ["no body", () => send(""), "invalid"],
  ["a list", () => send("[]"), "invalid"],
  ["half of JSON", () => send('{"grant_type":'), "invalid"],
  ["bytes that are no text", () => send(new Uint8Array([0xff, 0xfe])), "invalid"],
  ["another type", () => send("<x/>", { "content-type": "text/xml" }), "unsupported_media_type"],
  ["two megabytes", () => ask({ audience: "a".repeat(2 * 1024 * 1024) }), "too_large"],
  [
    "a field twice in a form",
    () =>
      send("grant_type=client_credentials&audience=a&audience=b", {
        "content-type": "application/x-www-form-urlencoded",
      }),
    "invalid",
  ],
];

describe("no token is given", () => {
  test.for(refusals)("for %s", async ([, request, expected]) => {
    const response = await request();
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await code(response)).toBe(expected);
  });

  test("without a key, with a person's, or with one of another scope", async () => {
    expect(await code(await ask({}, ""))).toBe("unauthenticated");
    expect(await code(await ask({}, await world.key(world.ann)))).toBe("unauthenticated");
    const { key } = await world.service("Elsewhere", ["connect", "changes", "sign", "report", "options"]);
    expect(await code(await ask({}, key))).toBe("forbidden");
  });

  test("to a service that was revoked, within a second", async () => {
    const doomed = await world.service("Doomed");
    await granted(await ask({}, doomed.key));
    await revokeService(world.operator, { service: doomed.id });
    await vi.waitFor(async () => expect(await code(await ask({}, doomed.key))).toBe("unauthenticated"), {
      timeout: 1000,
    });
  });

  test("for a tenant that serves nobody, from the next request on", async () => {
    const at = await world.activeEnvironment();
    const tenant = at.environment.id;
    await granted(await ask({ tenant }));
    await suspendEnvironment(at, { environment: tenant, reason: "" });
    expect(await code(await ask({ tenant }))).toBe("tenant_inactive");
    await resumeEnvironment(at);
    await granted(await ask({ tenant }));
    await archiveEnvironment(at, { environment: tenant, reason: "Done" });
    expect(await code(await ask({ tenant }))).toBe("tenant_inactive");
  });
});
