import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { handleChanges } from "@/server/api/internal/handler";
import { handlePublishOptions, handleTenantOptions } from "@/server/api/internal/options";
import { createEnvironment } from "@/server/domain/environments/create";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { getOptions } from "@/server/domain/options/get";
import { setOptions } from "@/server/domain/options/set";
import { addService } from "@/server/domain/services/add";
import { revokeService } from "@/server/domain/services/revoke";
import { AddService } from "@/server/domain/services/schema";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { Changes, code } from "@/server/testing/connect-answers";
import { changeFeed } from "./change-feed";

let world: ApiWorld;
let boss: UserContext;
let ann: UserContext;
let acme: OrganizationContext;
let here: EnvironmentContext;
let key: string;
let next = 0;

const service = async (name: string) => addService(boss, AddService.parse({ name }));

beforeAll(async () => {
  world = await createApiWorld();
  boss = await world.person("Boss", { isOperator: true });
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  ({ key } = await service("Orders"));
}, 60_000);
afterAll(async () => {
  (await changeFeed(world.db)).stop();
  await world.end();
});
beforeEach(async () => {
  const slug = `e-${next++}`;
  const input = { organization: acme.organization.slug, name: slug, slug, envType: "test" } as const;
  const { environment } = await createEnvironment(acme, input);
  await world.settle();
  here = await world.inEnvironment(ann, environment.id);
});

const address = (path: string) => `http://localhost:3000/internal/${path}`;
const ask = (
  { tenant = String(here.environment.id), name = "checkout" }: { tenant?: string; name?: string } = {},
  headers: Record<string, string> = { authorization: `Bearer ${key}` },
) => handleTenantOptions(new Request(address("tenants/options"), { headers }), { tenant, name });
const publish = (name: string, body: unknown, with_ = key) =>
  handlePublishOptions(
    new Request(address("options"), {
      method: "PUT",
      headers: { authorization: `Bearer ${with_}` },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
    name,
  );
const set = (value: Record<string, string | number>, expectedVersion: number) =>
  setOptions(here, {
    environment: here.environment.id,
    name: "checkout",
    value,
    expectedVersion,
    reason: "",
  });

test("a tenant without an overlay has version 0 of everything", async () => {
  const answer = await ask();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    tenant: here.environment.id,
    name: "checkout",
    version: 0,
    value: {},
  });
});

test("an overlay travels as it was saved, with a tag that goes stale when it changes", async () => {
  await set({ perOrder: 5, snake_key: "a" }, 0);
  const first = await ask();
  const etag = first.headers.get("etag") ?? "";
  expect(await first.json()).toMatchObject({ version: 1, value: { perOrder: 5, snake_key: "a" } });
  const again = { authorization: `Bearer ${key}`, "if-none-match": etag };
  expect((await ask({}, again)).status).toBe(304);
  await set({ perOrder: 6 }, 1);
  const changed = await ask({}, again);
  expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
});

test("the change feed tells of a new version", async () => {
  const read = async (query: string) =>
    Changes.parse(
      await (
        await handleChanges(
          new Request(address(`tenants/changes?${query}`), { headers: { authorization: `Bearer ${key}` } }),
        )
      ).json(),
    );
  const { next: since } = await read("wait=0");
  await set({ perOrder: 5 }, 0);
  const { changes } = await read(`since=${since}&wait=0`);
  expect(changes.map(({ tenant }) => tenant)).toEqual([here.environment.id]);
});

test("no key, another's name, a tenant that is not or serves nobody: refused", async () => {
  expect((await ask({}, {})).status).toBe(401);
  expect(await code(await ask({ tenant: here.environment.id.toUpperCase() }))).toBe("invalid");
  expect(await code(await ask({ tenant: newId() }))).toBe("not_found");
  for (const name of ["", "Checkout", "a..b", "a/b", "-a", "a".repeat(101), "__proto__"])
    expect(await code(await ask({ name })), name).toBe("invalid");
  await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
  expect(await code(await ask())).toBe("tenant_inactive");
});

const schema = z.toJSONSchema(z.object({ perOrder: z.number().int(), theme: z.enum(["light", "dark"]) }));
const defaults = { perOrder: 10, theme: "light" };
const Published = z.object({ name: z.string(), changed: z.boolean() });
const published = async (response: Response) => Published.parse(await response.json());

test("a service publishes fields and defaults; the same again, from any instance, changes nothing", async () => {
  expect(await published(await publish("shop", { schema, defaults }))).toEqual({
    name: "shop",
    changed: true,
  });
  expect(await published(await publish("shop", { schema, defaults }))).toEqual({
    name: "shop",
    changed: false,
  });
  const shown = await getOptions(here, { environment: here.environment.id, name: "shop" });
  expect(shown.definition).toMatchObject({ service: "Orders", schema, defaults });
});

test("what cannot be used is refused: no JSON, defaults that do not fit, a secret, a schema that is none", async () => {
  for (const [body, says] of [
    ["{", "not JSON"],
    [[], "Send {schema, defaults}"],
    [{ schema }, "defaults"],
    [{ schema, defaults: { ...defaults, theme: "pink" } }, "The defaults do not fit the schema: theme"],
    [{ schema: null, defaults: { apiKey: "x" } }, "secret"],
    [{ schema: { type: "banana" }, defaults: {} }, "cannot be used"],
    [{ schema: { $ref: "#" }, defaults: {} }, "cannot be used"],
    [{ schema: [], defaults: {} }, "JSON Schema"],
    [{ schema: { description: "x".repeat(70_000) }, defaults: {} }, "64 KB"],
    ["x".repeat(1_100_000), "1 MB"],
    [{ schema, defaults, more: 1 }, "more"],
  ] as const) {
    const answer = await publish("unusable", body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(says)]);
  }
  const shown = await getOptions(here, { environment: here.environment.id, name: "unusable" });
  expect(shown.definition).toBeNull();
});

test("a set belongs to the service that published it, whichever key it comes with, until that is revoked", async () => {
  const first = await service("Billing");
  const second = await service("Billing");
  const other = await service("Mail");
  expect((await publish("invoice", { defaults: { days: 14 } }, first.key)).status).toBe(200);
  expect(await code(await publish("invoice", { defaults: { days: 1 } }, other.key))).toBe("conflict");
  await revokeService(boss, { service: first.service.id });
  expect((await publish("invoice", { defaults: { days: 21 } }, second.key)).status).toBe(200);
  expect(await code(await publish("invoice", { defaults: { days: 1 } }, other.key))).toBe("conflict");
  await revokeService(boss, { service: second.service.id });
  expect((await publish("invoice", { defaults: { days: 30 } }, other.key)).status).toBe(200);
});
