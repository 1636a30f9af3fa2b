import { generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, type JWK } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { contextKey } from "@/drizzle/control/schema/tokens";
import { revokeService } from "@/server/domain/services/revoke";
import { tidy } from "@/server/sagas/sweep";
import { code } from "@/server/testing/connect-answers";
import { asService, createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { handleContextKeys, handlePutContextKey } from "./context-keys";

const hourMs = 3600 * 1000;

let world: ServiceWorld;
let orders: { id: string; key: string };

beforeAll(async () => {
  world = await createServiceWorld();
  orders = await world.service("Orders");
}, 60_000);
afterEach(() => vi.useRealTimers());
afterAll(() => world.end());

async function pair() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const jwk = await exportJWK(publicKey);
  return { jwk, kid: await calculateJwkThumbprint(jwk), whole: await exportJWK(privateKey) };
}

const put = (kid: string, body: unknown, key = orders.key) =>
  handlePutContextKey(
    asService(key, `/internal/context-keys/${kid}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    kid,
  );
const list = (key = orders.key, headers: Record<string, string> = {}) =>
  handleContextKeys(asService(key, "/internal/context-keys", { headers }));

interface Keys {
  keys: { kid: string; service: string; jwk: JWK; expires_at: string }[];
}
const known = async (kid: string, key?: string) =>
  ((await (await list(key)).json()) as Keys).keys.find((one) => one.kid === kid);

test("a key is known to every service at once, signs for a day and verifies for eight", async () => {
  const { jwk, kid } = await pair();
  const before = Date.now();
  const response = await put(kid, { jwk });
  expect(response.status).toBe(201);
  const told = (await response.json()) as Record<"signs_until" | "expires_at", string>;
  expect(told).toEqual({
    kid,
    service: "Orders",
    signs_until: expect.any(String),
    expires_at: expect.any(String),
  });
  expect(Date.parse(told.signs_until) - before).toBeGreaterThanOrEqual(24 * hourMs);
  expect(Date.parse(told.expires_at) - Date.parse(told.signs_until)).toBe(7 * 24 * hourMs);
  const { key } = await world.service("Billing", ["report"]);
  expect(await known(kid, key)).toEqual({ kid, service: "Orders", jwk, expires_at: told.expires_at });
});

test("a key that is registered again, or by fifty at once, is one and its time runs from the first", async () => {
  const { jwk, kid } = await pair();
  const answers = await Promise.all(Array.from({ length: 50 }, () => put(kid, { jwk })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
  const ends = await Promise.all(
    answers.map(async (answer) => ((await answer.json()) as { expires_at: string }).expires_at),
  );
  expect(new Set(ends).size).toBe(1);
});

test("another service's key is not taken over", async () => {
  const { jwk, kid } = await pair();
  await put(kid, { jwk });
  const { key } = await world.service("Thief");
  expect(await code(await put(kid, { jwk }, key))).toBe("conflict");
  expect((await known(kid))?.service).toBe("Orders");
});

test("what has not changed is not sent again", async () => {
  const first = await list();
  const etag = first.headers.get("etag") ?? "";
  expect((await list(orders.key, { "if-none-match": etag })).status).toBe(304);
  const { jwk, kid } = await pair();
  await put(kid, { jwk });
  expect((await list(orders.key, { "if-none-match": etag })).status).toBe(200);
});

test("revoking a service ends its keys with it, and they are not left lying about", async () => {
  const doomed = await world.service("Doomed");
  const { jwk, kid } = await pair();
  await put(kid, { jwk }, doomed.key);
  expect(await known(kid)).toBeDefined();
  await revokeService(world.operator, { service: doomed.id });
  expect(await known(kid)).toBeUndefined();
  await vi.waitFor(
    async () => expect(await code(await put(kid, { jwk }, doomed.key))).toBe("unauthenticated"),
    {
      timeout: 1000,
    },
  );
  expect((await world.db.select().from(contextKey)).filter((row) => row.kid === kid)).toEqual([]);
});

test("a key ends after eight days and is forgotten", async () => {
  const { jwk, kid } = await pair();
  await put(kid, { jwk });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 8 * 24 * hourMs - 1000 });
  await tidy(world.db);
  expect(await known(kid)).toBeDefined();
  vi.setSystemTime(Date.now() + 2000);
  expect(await known(kid)).toBeUndefined();
  await tidy(world.db);
  expect((await world.db.select().from(contextKey)).filter((row) => row.kid === kid)).toEqual([]);
});

test("one service cannot fill the list: its thousand-and-first key is refused, another's is not", async () => {
  const greedy = await world.service("Greedy");
  const now = Date.now();
  const row = { serviceId: greedy.id, x: "x", createdAt: new Date(now), signsUntil: new Date(now) };
  const expiresAt = new Date(now + hourMs);
  const rows = Array.from({ length: 1000 }, (_, n) => ({ ...row, kid: `greedy-${n}`, expiresAt }));
  for (let n = 0; n < rows.length; n += 100) await world.db.insert(contextKey).values(rows.slice(n, n + 100));
  const { jwk, kid } = await pair();
  expect(await code(await put(kid, { jwk }, greedy.key))).toBe("limit");
  expect((await put(kid, { jwk })).status).toBe(201);
});

describe("what is no public Ed25519 key under its own name is refused", () => {
  type Pair = Awaited<ReturnType<typeof pair>>;
  const bodies: [string, (made: Pair) => [kid: string, body: unknown]][] = [
    ["the private half", ({ kid, whole }) => [kid, { jwk: whole }]],
    ["another name", ({ jwk }) => ["x".repeat(43), { jwk }]],
    ["a name that walks", ({ jwk }) => ["../services", { jwk }]],
    ["a prototype's name", ({ jwk }) => ["__proto__", { jwk }]],
    ["another name inside", ({ kid, jwk }) => [kid, { jwk: { ...jwk, kid: "other" } }]],
    ["a P-256 key", ({ kid }) => [kid, { jwk: { kty: "EC", crv: "P-256", x: "a", y: "b" } }]],
    ["an X25519 key", ({ kid, jwk }) => [kid, { jwk: { ...jwk, crv: "X25519" } }]],
    ["a shared secret", ({ kid }) => [kid, { jwk: { kty: "oct", k: "AAAA" } }]],
    ["another algorithm", ({ kid, jwk }) => [kid, { jwk: { ...jwk, alg: "HS256" } }]],
    ["a key for encryption", ({ kid, jwk }) => [kid, { jwk: { ...jwk, use: "enc" } }]],
    ["an address to fetch it from", ({ kid, jwk }) => [kid, { jwk: { ...jwk, x5u: "https://evil.test" } }]],
    ["31 bytes", ({ kid, jwk }) => [kid, { jwk: { ...jwk, x: (jwk.x ?? "").slice(1) } }]],
    ["padding", ({ kid, jwk }) => [kid, { jwk: { ...jwk, x: `${jwk.x}=` } }]],
    ["a number", ({ kid, jwk }) => [kid, { jwk: { ...jwk, x: 1 } }]],
    ["no key", ({ kid }) => [kid, {}]],
    ["a list", ({ kid, jwk }) => [kid, [jwk]]],
    ["nothing", ({ kid }) => [kid, null]],
    ["more beside it", ({ kid, jwk }) => [kid, { jwk, service: "Billing" }]],
  ];

  test.for(bodies)("%s", async ([, make]) => {
    const made = await pair();
    const response = await put(...make(made));
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "invalid" });
    expect(text).not.toContain(made.whole.d);
    expect(await known(made.kid)).toBeUndefined();
  });

  test("and so is a key that came without the scope, or without a service", async () => {
    const { jwk, kid } = await pair();
    const { key } = await world.service("Reader", ["connect", "changes", "tokens", "report", "options"]);
    expect(await code(await put(kid, { jwk }, key))).toBe("forbidden");
    expect(await code(await put(kid, { jwk }, "fhs_nobody"))).toBe("unauthenticated");
    expect(await code(await list("fhs_nobody"))).toBe("unauthenticated");
  });
});
