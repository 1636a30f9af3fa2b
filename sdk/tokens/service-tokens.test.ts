import "@/server/testing/door-settings";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { revokeService } from "@/server/domain/services/revoke";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneClient } from "../stores/control-plane-client.ts";
import { ServiceTokens } from "./service-tokens.ts";
import { createTokenVerifier } from "./verify-token.ts";

let world: Awaited<ReturnType<typeof createDoorWorld>>;
let key = "";
let id = "";
let tenant = "";
beforeAll(async () => {
  world = await createDoorWorld();
  ({ key, id } = await world.service("students"));
  tenant = (await world.activeEnvironment()).environment.id;
}, 60_000);
afterAll(() => world.end());

/** Its tokens, on a clock that can be set ahead. */
function tokensOf(serviceKey = key) {
  const clock = { ahead: 0 };
  const client = new ControlPlaneClient({ url: world.door.url, key: serviceKey });
  const tokens = new ServiceTokens({ client, now: () => Date.now() + clock.ahead });
  world.door.asked.splice(0);
  return { tokens, clock, asked: () => world.door.asked.filter(({ path }) => path === "/internal/token") };
}

test("the service that it is for takes it, and knows who asks and for whom", async () => {
  const { tokens } = tokensOf();
  const keys = new URL(`${world.door.url}/.well-known/jwks.json`);
  const { verify } = createTokenVerifier({
    issuers: [{ issuer: world.door.url, audience: "grades", keys }],
  });
  const verified = await verify(await tokens.get("grades", tenant));
  expect(verified).toMatchObject({ tenant, subject: `service:${id}` });
  await expect(verify(await tokens.get("billing", tenant))).rejects.toMatchObject({
    code: "unauthenticated",
  });
});

test("fifty who want it at once get one, and so does who comes later", async () => {
  const { tokens, asked } = tokensOf();
  const all = await Promise.all(Array.from({ length: 50 }, () => tokens.get("grades", tenant)));
  expect(new Set([...all, await tokens.get("grades", tenant)]).size).toBe(1);
  expect(asked()).toHaveLength(1);
});

test("each audience and each tenant has its own", async () => {
  const { tokens, asked } = tokensOf();
  const next = (await world.activeEnvironment()).environment.id;
  const all = await Promise.all([
    tokens.get("grades"),
    tokens.get("grades", tenant),
    tokens.get("grades", next),
    tokens.get("billing", tenant),
  ]);
  expect(new Set(all).size).toBe(4);
  expect(asked()).toHaveLength(4);
});

test("it is renewed while the one before still serves", async () => {
  const { tokens, clock, asked } = tokensOf();
  const first = await tokens.get("grades", tenant);
  clock.ahead = 239_000;
  expect(await tokens.get("grades", tenant)).toBe(first);
  expect(asked()).toHaveLength(1);
  clock.ahead = 241_000;
  expect(await tokens.get("grades", tenant)).toBe(first);
  await vi.waitFor(async () => expect(await tokens.get("grades", tenant)).not.toBe(first));
  expect(asked()).toHaveLength(2);
});

test("one that ends within ten seconds is not handed out", async () => {
  const { tokens, clock } = tokensOf();
  const first = await tokens.get("grades", tenant);
  clock.ahead = 291_000;
  expect(await tokens.get("grades", tenant)).not.toBe(first);
});

test("while Freehold is away, what is known serves until it ends", async () => {
  const { tokens, clock, asked } = tokensOf();
  const first = await tokens.get("grades", tenant);
  world.door.stop();
  try {
    clock.ahead = 285_000;
    for (let turn = 0; turn < 20; turn++) expect(await tokens.get("grades", tenant)).toBe(first);
    clock.ahead = 291_000;
    await expect(tokens.get("grades", tenant)).rejects.toMatchObject({ code: "unavailable" });
  } finally {
    await world.door.start();
  }
  expect(await tokens.get("grades", tenant)).not.toBe(first);
  expect(asked()).toHaveLength(2);
});

test("there is none for a tenant that is suspended or not there, also none from before", async () => {
  const { tokens, clock } = tokensOf();
  const which = await world.activeEnvironment();
  const { id: suspended } = which.environment;
  await tokens.get("grades", suspended);
  await suspendEnvironment(which, { environment: suspended, reason: "" });
  clock.ahead = 241_000;
  await vi.waitFor(() =>
    expect(tokens.get("grades", suspended)).rejects.toMatchObject({ code: "tenant_inactive" }),
  );
  await resumeEnvironment(which);
  await vi.waitFor(() => expect(tokens.get("grades", suspended)).resolves.toBeTypeOf("string"));
  const nobody = "00000000-0000-4000-8000-000000000000";
  await expect(tokens.get("grades", nobody)).rejects.toMatchObject({ code: "not_found" });
});

test("a service that is revoked gets none", async () => {
  const doomed = await world.service("doomed");
  await revokeService(world.operator, { service: doomed.id });
  const { tokens } = tokensOf(doomed.key);
  await expect(tokens.get("grades", tenant)).rejects.toMatchObject({ code: "unavailable" });
});

test.each([
  "",
  "<html>",
  "{}",
  '{"access_token":"","expires_in":300}',
  '{"access_token":"a","expires_in":0}',
])("an answer that is not understood is no token: %s", async (body) => {
  const { tokens } = tokensOf();
  world.door.onItsWay = () => new Response(body);
  try {
    await expect(tokens.get("grades", tenant)).rejects.toMatchObject({ code: "unavailable" });
  } finally {
    world.door.onItsWay = null;
  }
});
