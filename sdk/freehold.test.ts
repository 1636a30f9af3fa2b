import "@/server/testing/door-settings";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { startProgram, type Program } from "@/bench/child-program";
import { sign } from "@/server/auth/sign";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createDoorWorld } from "@/server/testing/door-world";
import type { TenantDatabase } from "./connections/tenant-database";
import { createFreehold, type Freehold, type FreeholdOptions } from "./freehold";
import { databasePerTenant, sharedDb } from "./resolution/presets";
import type { Incoming } from "./transports/incoming";

let world: Awaited<ReturnType<typeof createDoorWorld>>;
let here: EnvironmentContext;
let key = "";
let freehold: Freehold;

beforeAll(async () => {
  world = await createDoorWorld();
  ({ key } = await world.service("Orders"));
  here = await world.activeEnvironment();
}, 60_000);
afterAll(() => world.end());

const open = (options: Partial<FreeholdOptions> = {}) =>
  createFreehold({
    url: world.door.url,
    key,
    service: "Orders",
    policy: databasePerTenant(["api.example.com"]),
    trustedHops: ["10.0.0.0/8"],
    ...options,
  });
beforeEach(() => {
  freehold = open();
});
afterEach(() => freehold.close({ drainMs: 0 }));

function requestOf(headers: Record<string, string>, peer = "203.0.113.9"): Incoming {
  const carrier: Record<string, string> = { host: "api.example.com", ...headers };
  return {
    transport: "http",
    carrier,
    getter: { get: (_, name) => carrier[name], keys: () => Object.keys(carrier) },
    method: "GET",
    path: "/",
    peer,
    bodyDigest: () => Promise.resolve(""),
  };
}

async function tokenFor(tenant: string, claims: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual = { sub: "user:ann", aud: "Orders", iat: now, exp: now + 300, jti: "1", tid: tenant };
  return `Bearer ${await sign("at+jwt", { ...usual, ...claims })}`;
}

const stamps = (database: TenantDatabase) => database.query("SELECT count(*) AS n FROM sys_stamp");
const serve = async (incoming: Incoming) =>
  freehold.withDatabase(await freehold.resolver.resolve(incoming), stamps);

test("a token of Freehold leads to the tenant's context and from there to its data", async () => {
  const incoming = requestOf({ authorization: await tokenFor(here.environment.id) });
  expect(await freehold.resolver.resolve(incoming)).toMatchObject({
    tenant: here.environment.id,
    organization: "acme",
    environment: here.environment.slug,
    decidedBy: "token",
    authenticated: true,
    subject: { kind: "user", id: "ann" },
  });
  expect(await serve(incoming)).toEqual([{ n: 1 }]);
});

test("a token for another service is none here", async () => {
  const authorization = await tokenFor(here.environment.id, { aud: "Billing" });
  await expect(serve(requestOf({ authorization }))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a header is believed from a gateway that is on the list, and from nobody else", async () => {
  const header = { "x-tenant-id": here.environment.id };
  expect(await serve(requestOf(header, "10.1.2.3"))).toEqual([{ n: 1 }]);
  await expect(serve(requestOf(header))).rejects.toMatchObject({ code: "tenant_required" });
});

test("two tenants on one request are refused before any database is touched", async () => {
  const other = await world.activeEnvironment();
  world.door.asked.splice(0);
  const incoming = requestOf({
    authorization: await tokenFor(here.environment.id),
    "x-tenant-id": other.environment.id,
  });
  await expect(serve(incoming)).rejects.toMatchObject({ code: "tenant_conflict", status: 403 });
  expect(world.door.asked.filter(({ path }) => path.endsWith("/db-info"))).toEqual([]);
});

test("a host alone is good for a sign-in page, and not for data", async () => {
  const incoming = requestOf({ host: `acme-${here.environment.slug}.localhost` });
  const context = await freehold.resolver.resolve(incoming);
  expect(context).toMatchObject({ tenant: here.environment.id, authenticated: false });
  await expect(freehold.withDatabase(context, stamps)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a configuration gives a tenant a name of its own", async () => {
  await freehold.close();
  freehold = open({ configured: [{ tenant: here.environment.id, names: ["north"], hosts: ["north.test"] }] });
  const context = await freehold.resolver.resolve(requestOf({ "x-tenant-id": "north" }, "10.1.2.3"));
  expect(context).toMatchObject({ tenant: here.environment.id, decidedBy: "header" });
  expect(await freehold.withDatabase(context, stamps)).toEqual([{ n: 1 }]);
});

test("a token that was good a moment ago leads nowhere when its tenant is suspended", async () => {
  const which = await world.activeEnvironment();
  const incoming = requestOf({ authorization: await tokenFor(which.environment.id) });
  expect(await serve(incoming)).toEqual([{ n: 1 }]);
  await vi.waitFor(() => expect(freehold.figures().feed).toBe("live"), { timeout: 5_000 });
  await suspendEnvironment(which, { environment: which.environment.id, reason: "" });
  await vi.waitFor(() => expect(serve(incoming)).rejects.toMatchObject({ code: "tenant_inactive" }), {
    timeout: 5_000,
    interval: 20,
  });
});

test("after a suspension, no process serves the tenant for longer than a second", async () => {
  const which = await world.activeEnvironment();
  const { id } = which.environment;
  const services = [1, 2].map(() =>
    startProgram("bench/use-tenant-child.ts", [world.door.url, key, id, "60"]),
  );
  onTestFinished(() => services.forEach((service) => service.kill()));
  for (const service of services) expect(await service.next()).toEqual({ ready: true });
  await delay(500);
  await suspendEnvironment(which, { environment: id, reason: "" });
  const suspendedAt = Date.now();
  await delay(2_000);
  for (const service of services) {
    const told = await figuresOf(service);
    expect(told.successes).toBeGreaterThan(10);
    expect(told.refusals).toEqual({ tenant_inactive: expect.any(Number) as unknown });
    expect(told.lastSuccess - suspendedAt).toBeLessThan(1_000);
  }
}, 60_000);

interface Told {
  successes: number;
  lastSuccess: number;
  refusals: Record<string, number>;
}

async function figuresOf(service: Program): Promise<Told> {
  service.nudge();
  return (await service.next()) as Told;
}

test("what is set wrongly is refused at once, and says nothing of the key", () => {
  for (const url of ["ftp://x", "freehold.example.com", "https://ann:secret@freehold.example.com"])
    expect(() => open({ url })).toThrow("http or https URL without a login");
  expect(() => open({ key: "fh_person" })).toThrow(expect.not.stringContaining("person") as string);
  for (const missing of [undefined, ""]) {
    expect(() => open({ key: missing })).toThrow(TypeError);
    expect(() => open({ key: missing })).toThrow("Set FREEHOLD_SERVICE_KEY");
  }
  expect(() => open({ trustedHops: ["0.0.0.0/0"] })).toThrow(TypeError);
  expect(() => open({ service: " " })).toThrow("service is the name of this service");
});

test.each<[string, () => object, string]>([
  ["none", () => ({ policy: undefined }), "policy is a preset"],
  ["a preset that was not called", () => ({ policy: databasePerTenant }), "policy is a preset"],
  [
    "hosts with a scheme",
    () => ({ policy: databasePerTenant(["https://api.example.com"]) }),
    "shares what is no host",
  ],
  ["a source that nothing is called", () => ({ policy: listing("tokn") }), 'lists "tokn"'],
  ["no place for a contributor", () => ({ contributors: [contributor("query")] }), 'does not list "query"'],
])("a policy cannot be meant that is or has %s", (_, options, message) => {
  expect(() => open(options())).toThrow(message);
});

test.each<[object, string]>([
  [{ trustedHop: ["10.0.0.0/8"] }, "There is no option trustedHop here."],
  [{ outageSeconds: -1 }, "outageSeconds is a number of seconds"],
  [{ outageSeconds: Number.NaN }, "outageSeconds is a number of seconds"],
  [{ outageSeconds: "60" }, "outageSeconds is a number of seconds"],
  [{ timeoutMs: Number.NaN }, "timeoutMs is a number of milliseconds"],
  [{ timeoutMs: 0 }, "timeoutMs is a number of milliseconds"],
  [{ tenants: 0 }, "tenants is a whole number"],
  [{ rememberedCalls: 1.5 }, "rememberedCalls is a whole number"],
  [{ databases: { most: 0 } }, "most is a whole number"],
  [{ databases: { searchPath: "students" } }, "searchPath is a list of names"],
  // A timer fires at once for what it cannot count to.
  [{ databases: { waitMs: Infinity } }, "waitMs is a number of milliseconds"],
  [{ databases: { perTenant: 2 } }, "There is no option perTenant here. There are: searchPath, "],
  [{ databases: 5 }, "Options are an object."],
  [{ tenantOptions: { entries: 0 } }, "entries is a whole number"],
])("settings of plain JavaScript that cannot be meant are refused: %j", (options, message) => {
  expect(() => open(options)).toThrow(TypeError);
  expect(() => open(options)).toThrow(message);
});

test("what is undefined is as if it were not there", async () => {
  const settings: object = { tenants: undefined, outageSeconds: undefined, databases: { most: undefined } };
  const taken = open(settings);
  const incoming = requestOf({ authorization: await tokenFor(here.environment.id) });
  const context = await taken.resolver.resolve(incoming);
  expect(await taken.withDatabase(context, stamps)).toEqual([{ n: 1 }]);
  await taken.close();
});

test("a contributor that the policy lists is taken", async () => {
  const contributors = [contributor("query")];
  const taken = open({ policy: listing("query"), contributors });
  expect(taken.figures()).toMatchObject({ tenants: 0 });
  await taken.close();
});

const listing = (source: string) => ({ ...sharedDb, order: [...sharedDb.order, source] });
const contributor = (source: string) => ({ source, order: 1, collect: () => null });
