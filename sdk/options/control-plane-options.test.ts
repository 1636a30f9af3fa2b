import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { handleChanges } from "@/server/api/internal/handler";
import { handlePublishOptions, handleTenantOptions } from "@/server/api/internal/options";
import { changeFeed } from "@/server/connect/change-feed";
import { createEnvironment } from "@/server/domain/environments/create";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { getOptions } from "@/server/domain/options/get";
import { setOptions } from "@/server/domain/options/set";
import { addService } from "@/server/domain/services/add";
import { AddService } from "@/server/domain/services/schema";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { Changes } from "@/server/testing/connect-answers";
import { serve } from "@/server/testing/serve";
import { FreeholdError } from "../errors/freehold-error.ts";
import { ControlPlaneOverlays, type OptionsClient } from "./control-plane-options.ts";
import { defineOptions } from "./define-options.ts";
import type { JsonObject } from "./json.ts";
import { TenantOptions } from "./tenant-options.ts";

const Checkout = z.strictObject({ express: z.boolean(), perOrder: z.number().int().max(100) });
const checkout = defineOptions("checkout", Checkout, { express: false, perOrder: 10 });

let world: ApiWorld;
let ann: UserContext;
let acme: OrganizationContext;
let here: EnvironmentContext;
let door: Awaited<ReturnType<typeof serve>>;
let key: string;
let next = 0;
const asked: string[] = [];

/** The routes of the door of services, as the pages of `app/internal` put them together. */
function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  asked.push(pathname);
  const [, , first = "", second = "", third = "", fourth = ""] = pathname.split("/").map(decodeURIComponent);
  if (first === "options") return handlePublishOptions(request, second);
  if (second === "changes") return handleChanges(request);
  expect(third).toBe("options");
  return handleTenantOptions(request, { tenant: second, name: fourth });
}

const client: OptionsClient = {
  async request(path, { method = "GET", body, etag }) {
    const response = await fetch(door.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(etag ? { "if-none-match": etag } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok && response.status !== 304) {
      const { code, detail } = z
        .object({ code: z.enum(["not_found", "tenant_inactive", "invalid"]), detail: z.string() })
        .parse(await response.json());
      throw new FreeholdError(code, detail);
    }
    const isUnchanged = response.status === 304;
    return { body: await response.text(), isUnchanged, etag: response.headers.get("etag") };
  },
};

/** Follows the feed until it is ended. */
function follow(changed: (tenant: string | null) => void): () => void {
  const ending = new AbortController();
  async function listen(): Promise<void> {
    for (let since = ""; !ending.signal.aborted;) {
      const response = await fetch(`${door.url}/internal/tenants/changes?wait=5${since}`, {
        headers: { authorization: `Bearer ${key}` },
        signal: ending.signal,
      });
      const { changes, next: seen, reset } = Changes.parse(await response.json());
      // What happened before the first answer is not in it.
      if (reset || since === "") changed(null);
      since = `&since=${seen}`;
      for (const { tenant } of changes) changed(tenant);
    }
  }
  listen().catch(() => undefined);
  return () => ending.abort();
}

const source = new ControlPlaneOverlays(client, { onChange: follow });

beforeAll(async () => {
  world = await createApiWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  const boss = await world.person("Boss", { isOperator: true });
  ({ key } = await addService(boss, AddService.parse({ name: "Orders" })));
  door = await serve(answer);
}, 60_000);
afterAll(async () => {
  door.stop();
  (await changeFeed(world.db)).stop();
  await world.end();
});
beforeEach(async () => {
  const slug = `e-${next++}`;
  const input = { organization: acme.organization.slug, name: slug, slug, envType: "test" } as const;
  const { environment } = await createEnvironment(acme, input);
  await world.settle();
  here = await world.inEnvironment(ann, environment.id);
  asked.splice(0);
});

const context = () => ({ tenant: String(here.environment.id) });
const set = (value: JsonObject, expectedVersion: number) =>
  setOptions(here, {
    environment: here.environment.id,
    name: "checkout",
    value,
    expectedVersion,
    reason: "",
  });

test("what a maker saves reaches the service, and what they change replaces it without a restart", async () => {
  const all = new TenantOptions({ source });
  const reader = all.of(checkout);
  try {
    expect(await reader.for(context())).toMatchObject({ from: "defaults", version: 0 });
    await set({ perOrder: 50 }, 0);
    await vi.waitFor(async () => expect((await reader.for(context())).value.perOrder).toBe(50), {
      timeout: 10_000,
    });
    await set({ express: true }, 1);
    await vi.waitFor(
      async () =>
        expect(await reader.for(context())).toEqual({
          value: { express: true, perOrder: 10 },
          version: 2,
          from: "overlay",
        }),
      { timeout: 10_000 },
    );
    // Nothing but the changes made it ask.
    expect(asked.filter((path) => path.endsWith("/options/checkout")).length).toBeLessThanOrEqual(4);
    await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
    await vi.waitFor(
      () => expect(reader.for(context())).rejects.toMatchObject({ code: "tenant_inactive", status: 403 }),
      { timeout: 10_000 },
    );
  } finally {
    all.close();
  }
});

test("what is confirmed is not sent again", async () => {
  await set({ perOrder: 50 }, 0);
  const first = await source.load(context().tenant, "checkout", null);
  expect(first).toMatchObject({ version: 1, value: { perOrder: 50 } });
  const etag = first === "unchanged" ? "" : first.etag;
  expect(await source.load(context().tenant, "checkout", etag)).toBe("unchanged");
});

test("a service publishes its schema and defaults, and overlays that do not fit are not saved", async () => {
  await source.publish(checkout, z.toJSONSchema(Checkout));
  await source.publish(checkout, z.toJSONSchema(Checkout));
  const shown = await getOptions(here, { environment: here.environment.id, name: "checkout" });
  expect(shown.definition).toMatchObject({ service: "Orders", defaults: checkout.defaults });
  await expect(set({ perOrder: 5000 }, 0)).rejects.toMatchObject({ field: "value.perOrder" });
});

test.each([
  ["no JSON", "<html>"],
  ["something else", "[]"],
  ["another tenant's", '{"tenant":"b","name":"checkout","version":1,"value":{}}'],
  ["another set", '{"tenant":"a","name":"mail","version":1,"value":{}}'],
  ["a version that is none", '{"tenant":"a","name":"checkout","version":-1,"value":{}}'],
  ["a value that is no object", '{"tenant":"a","name":"checkout","version":1,"value":[]}'],
])("%s as an answer is an outage, and never options", async (_, body) => {
  const strange: OptionsClient = { request: async () => ({ body, isUnchanged: false, etag: null }) };
  const load = new ControlPlaneOverlays(strange, { onChange: () => () => undefined }).load(
    "a",
    "checkout",
    null,
  );
  await expect(load).rejects.toMatchObject({ code: "unavailable" });
});
