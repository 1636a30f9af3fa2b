import { doorSettings } from "@/server/testing/door-settings";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneStore, type ControlPlaneStoreOptions } from "./control-plane-store";

const { outageSeconds } = doorSettings;
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let key = "";
let store: ControlPlaneStore;
let here: EnvironmentContext;

beforeAll(async () => {
  world = await createDoorWorld();
  ({ key } = await world.service("Orders"));
  here = await world.activeEnvironment();
}, 60_000);
afterAll(() => world.end());

beforeEach(async () => {
  store = await listening();
});
afterEach(async () => {
  await store.close();
  world.door.onItsWay = null;
  await world.door.start().catch(() => undefined);
});

/** A store that hears of every change. */
async function listening(options: Partial<ControlPlaneStoreOptions> = {}) {
  const opened = new ControlPlaneStore({ url: world.door.url, key, ...options });
  await opened.find({ by: "name", value: "nobody" });
  await vi.waitFor(() => expect(opened.figures().feed).toBe("live"), { timeout: 5_000 });
  return opened;
}

const byId = (value: string) => ({ by: "id", value }) as const;
const id = () => byId(here.environment.id);
const suspend = (which: EnvironmentContext) =>
  suspendEnvironment(which, { environment: which.environment.id, reason: "" });
const live = () => vi.waitFor(() => expect(store.figures().feed).toBe("live"), { timeout: 5_000 });

test("who is known is served for the time that was signed, then nobody, then all again", async () => {
  const { tenant } = (await store.find(id())) ?? { tenant: "" };
  const connection = await store.connection(tenant);
  const signedAt = performance.now();
  world.door.stop();
  await vi.waitFor(() => expect(store.figures().feed).toBe("away"), { timeout: 5_000 });
  expect(await store.find(id())).toMatchObject({ status: "active" });
  expect(store.peek(id())).toMatchObject({ status: "active" });
  expect(await store.connection(tenant)).toBe(connection);
  await expect(store.find(byId(crypto.randomUUID()))).rejects.toMatchObject({ code: "unavailable" });
  let servedUntil = 0;
  await vi.waitFor(
    async () => {
      const served = await store.find(id()).catch(() => null);
      if (served) servedUntil = performance.now();
      expect(served).toBeNull();
    },
    { timeout: 10_000, interval: 20 },
  );
  expect(servedUntil - signedAt).toBeLessThan((outageSeconds + 0.1) * 1000);
  expect(servedUntil - signedAt).toBeGreaterThan((outageSeconds - 1.5) * 1000);
  expect(store.peek(id())).toBeUndefined();
  const refusal = { code: "unavailable", status: 503 };
  await vi.waitFor(() => expect(store.connection(tenant)).rejects.toMatchObject(refusal), { timeout: 3_000 });
  await world.door.start();
  await vi.waitFor(async () => expect(await store.find(id())).toMatchObject({ status: "active" }), {
    timeout: 5_000,
    interval: 50,
  });
  await expect(store.connection(tenant)).resolves.toMatchObject({ tenant });
  await live();
});

test.each([
  ["a shorter time of the service's own", { outageSeconds: 0 }, null],
  ["answers that are not signed", {}, withoutSignature],
] as const)("nobody is served on after %s", async (_, options, onItsWay) => {
  await store.close();
  store = await listening(options);
  world.door.onItsWay = onItsWay;
  await store.find(id());
  world.door.stop();
  await vi.waitFor(() => expect(store.figures().feed).toBe("away"), { timeout: 5_000 });
  await vi.waitFor(() => expect(store.find(id())).rejects.toMatchObject({ code: "unavailable" }), {
    timeout: 5_000,
    interval: 20,
  });
});

test("a tenant that was told to have changed is not served as it was", async () => {
  const which = await world.activeEnvironment();
  await store.find(byId(which.environment.id));
  // Only what was told gets through, and nothing can be asked after it.
  world.door.onItsWay = (response, path) =>
    path.endsWith("/changes") ? response : new Response(null, { status: 503 });
  await suspend(which);
  await vi.waitFor(() => expect(store.peek(byId(which.environment.id))).toBeUndefined(), {
    timeout: 5_000,
  });
  await expect(store.find(byId(which.environment.id))).rejects.toMatchObject({ code: "unavailable" });
});

test("who is known is served on while somebody else answers at the address", async () => {
  const { tenant } = (await store.find(id())) ?? { tenant: "" };
  const connection = await store.connection(tenant);
  world.door.onItsWay = () => new Response("<html>Back soon</html>", { status: 200 });
  // Something happens, so that the feed has an answer at once.
  await world.activeEnvironment();
  await vi.waitFor(() => expect(store.figures().feed).toBe("away"), { timeout: 5_000 });
  expect(await store.find(id())).toMatchObject({ status: "active" });
  expect(await store.connection(tenant)).toBe(connection);
});

test("who is known does not wait as long as who is not", async () => {
  await store.close();
  store = await listening({ timeoutMs: 300 });
  const connection = await store.connection(here.environment.id);
  await store.close();
  world.door.onItsWay = () => new Promise<never>(() => {});
  // What is known is not fresh without the feed, and has to be asked for again.
  await vi.waitFor(() => expect(store.peekConnection(here.environment.id)).toBeUndefined());
  const stranger = store.connection(crypto.randomUUID()).catch(() => null);
  expect(await Promise.race([stranger, store.connection(here.environment.id)])).toBe(connection);
});

test("a store that is closed asks before it says what it knew", async () => {
  const which = await world.activeEnvironment();
  const entry = byId(which.environment.id);
  expect(await store.find(entry)).toMatchObject({ status: "active" });
  await store.close();
  await suspend(which);
  await vi.waitFor(async () => expect(await store.find(entry)).toMatchObject({ status: "suspended" }), {
    timeout: 1_000,
  });
});

test("who was away hears of what happened meanwhile", async () => {
  const which = await world.activeEnvironment();
  await store.find(byId(which.environment.id));
  world.door.stop();
  await vi.waitFor(() => expect(store.figures().feed).toBe("away"), { timeout: 5_000 });
  await suspend(which);
  expect(store.peek(byId(which.environment.id))).toMatchObject({ status: "active" });
  await world.door.start();
  await live();
  await vi.waitFor(
    async () => expect((await store.find(byId(which.environment.id)))?.status).toBe("suspended"),
    { timeout: 5_000, interval: 20 },
  );
});

function withoutSignature(response: Response): Response {
  response.headers.delete("freehold-entry");
  return response;
}
