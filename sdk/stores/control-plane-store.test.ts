import "@/server/testing/door-settings";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { revokeService } from "@/server/domain/services/revoke";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneStore, type ControlPlaneStoreOptions } from "./control-plane-store";

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

const open = (options: Partial<ControlPlaneStoreOptions> = {}) =>
  new ControlPlaneStore({ url: world.door.url, key, ...options });

beforeEach(async () => {
  store = await listening();
  world.door.asked.splice(0);
});
/** A store that hears of every change. */
async function listening(options: Partial<ControlPlaneStoreOptions> = {}) {
  const opened = open(options);
  await opened.find({ by: "name", value: "nobody" });
  await vi.waitFor(() => expect(opened.figures().feed).toBe("live"), { timeout: 5_000 });
  return opened;
}

afterEach(async () => {
  await store.close();
  world.door.onItsWay = null;
});

const byId = (value: string) => ({ by: "id", value }) as const;
const id = () => byId(here.environment.id);
const hostOf = ({ environment: { slug } }: EnvironmentContext) =>
  ({ by: "host", value: `acme-${slug}.localhost` }) as const;
const askedFor = (part: string) => world.door.asked.filter(({ path }) => path.includes(part)).length;
const suspend = (which: EnvironmentContext) =>
  suspendEnvironment(which, { environment: which.environment.id, reason: "" });

describe("what is known", () => {
  test("is asked for once, by all who want it at the same time, and then at hand", async () => {
    expect(store.peek(id())).toBeUndefined();
    const found = await Promise.all(Array.from({ length: 50 }, () => store.find(id())));
    expect(new Set(found).size).toBe(1);
    expect(found[0]).toEqual({
      tenant: here.environment.id,
      organization: "acme",
      environment: here.environment.slug,
      status: "active",
      epoch: expect.any(Number) as unknown,
      isolation: "dedicated",
      driver: "sqlite",
      region: "us-east",
    });
    expect(store.peek(id())).toBe(found[0]);
    expect(askedFor(here.environment.id)).toBe(1);
  });

  test("is found by its host, and by no name that only a configuration could know", async () => {
    expect(await store.find(hostOf(here))).toMatchObject({ tenant: here.environment.id });
    expect(store.peek(hostOf(here))).toMatchObject({ tenant: here.environment.id });
    expect(store.peek({ by: "name", value: here.environment.slug })).toBeNull();
  });

  test.each(["..", "../tenants/changes", "%2e%2e", "a/b", "", "A.test", "__proto__"])(
    "what could be another address is not asked for: %s",
    async (value) => {
      expect(await store.find(byId(value))).toBeNull();
      expect(await store.find({ by: "host", value: value.replace("A.", "a_") })).toBeNull();
      await expect(store.connection(value)).rejects.toMatchObject({ code: "not_found" });
      expect(world.door.asked.filter(({ path }) => !path.includes("/changes?"))).toEqual([]);
    },
  );

  test("is confirmed by its tag when it may have changed, and not sent again", async () => {
    const first = await store.connection(here.environment.id);
    store.doubt(here.environment.id);
    const statuses: number[] = [];
    world.door.onItsWay = (response) => (statuses.push(response.status), response);
    expect(await store.connection(here.environment.id)).toBe(first);
    expect(statuses.filter((status) => status === 304)).toHaveLength(1);
  });

  test("is bounded: the longest unused are forgotten", async () => {
    await store.close();
    store = await listening({ tenants: 2 });
    const more = [await world.activeEnvironment(), await world.activeEnvironment()];
    for (const one of [here, ...more]) await store.find(byId(one.environment.id));
    expect(store.figures().tenants).toBe(2);
    expect(store.peek(id())).toBeUndefined();
  });

  test("shows the key to nobody", async () => {
    const shown = [inspect(store, { depth: 9, showHidden: true }), JSON.stringify(store)];
    const connection = await store.connection(here.environment.id);
    const printed = [inspect(connection, { depth: 9 }), JSON.stringify({ ...connection })];
    for (const text of printed) expect(text).not.toContain(connection.credential.secret);
    await store.close();
    world.door.onItsWay = () => new Response(null, { status: 502 });
    store = open();
    const error: unknown = await store.find(id()).catch((caught: unknown) => caught);
    shown.push(inspect(error, { depth: 9, showHidden: true }));
    for (const text of shown) expect(text).not.toContain(key);
    for (const broken of [`${key}\n`, `${key} x`])
      expect(() => open({ key: broken })).toThrow(expect.not.stringContaining(key) as string);
  });
});

describe("a tenant that there is not", () => {
  test("is asked for once in five seconds", async () => {
    const nobody = crypto.randomUUID();
    for (let turn = 0; turn < 20; turn++) expect(await store.find(byId(nobody))).toBeNull();
    expect(store.peek(byId(nobody))).toBeNull();
    expect(askedFor(nobody)).toBe(1);
  });

  test("ten thousand of them fill no memory and keep nobody from the others", async () => {
    await store.close();
    store = await listening({ timeoutMs: 20_000 });
    await store.find(id());
    const ids = Array.from({ length: 10_000 }, () => crypto.randomUUID());
    const missAll = async (at: number) => {
      const wave = ids.slice(at, at + 500).map((value) => store.find(byId(value)));
      expect(new Set(await Promise.all(wave))).toEqual(new Set([null]));
    };
    for (let at = 0; at < ids.length; at += 500) for (const _ of [1, 2]) await missAll(at);
    await missAll(0);
    const last = new Map<string, number>();
    for (const { path, at } of world.door.asked.filter(({ path: asked }) => !asked.includes("?"))) {
      expect(at - (last.get(path) ?? -Infinity)).toBeGreaterThan(4_900);
      last.set(path, at);
    }
    expect(store.figures().tenants).toBe(1);
    expect(await store.find(id())).toMatchObject({ status: "active" });
  }, 120_000);
});

describe("a change", () => {
  test("of the status is known when it happens, and back at once", async () => {
    const which = await world.activeEnvironment();
    const reference = byId(which.environment.id);
    await store.find(reference);
    await store.find(hostOf(which));
    await suspend(which);
    for (const one of [reference, hostOf(which)])
      await vi.waitFor(async () => expect((await store.find(one))?.status).toBe("suspended"), {
        timeout: 5_000,
        interval: 20,
      });
    await expect(store.connection(which.environment.id)).rejects.toMatchObject({ code: "tenant_inactive" });
    expect(store.peek(reference)).toBeUndefined();
    await resumeEnvironment(await world.inEnvironment(world.ann, which.environment.id));
    await vi.waitFor(async () => expect((await store.find(reference))?.status).toBe("active"), {
      timeout: 5_000,
      interval: 20,
    });
    await expect(store.connection(which.environment.id)).resolves.toMatchObject({ driver: "sqlite" });
  });

  test("is noticed without the feed, too", async () => {
    const { key: deaf } = await world.service("Deaf", ["connect"]);
    await store.close();
    store = open({ key: deaf });
    const which = await world.activeEnvironment();
    await store.find(byId(which.environment.id));
    await suspend(which);
    await vi.waitFor(
      async () => expect((await store.find(byId(which.environment.id)))?.status).toBe("suspended"),
      { timeout: 5_000, interval: 20 },
    );
  });

  test("that was told is not undone by an answer from before", async () => {
    const which = await world.activeEnvironment();
    const reference = byId(which.environment.id);
    const old = await store.find(reference);
    let late = 3;
    const path = `/internal/tenants/${which.environment.id}`;
    world.door.onItsWay = (response, asked) => {
      if (asked !== path || late === 0) return response;
      late -= 1;
      return Response.json({ ...old, max_age_seconds: 60 });
    };
    const epochs: number[] = [];
    await suspend(which);
    await vi.waitFor(
      async () => {
        const found = await store.find(reference);
        epochs.push(found?.epoch ?? 0);
        expect(found?.status).toBe("suspended");
      },
      { timeout: 5_000, interval: 20 },
    );
    expect(late).toBe(0);
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
  });

  test("is told to who listens", async () => {
    await store.close();
    store = open();
    const told: (string | null)[] = [];
    const end = store.onChange((tenant) => told.push(tenant));
    await store.find(id());
    await vi.waitFor(() => expect(told).toEqual([null]), { timeout: 5_000 });
    const which = await world.activeEnvironment();
    await vi.waitFor(() => expect(told).toContain(which.environment.id), { timeout: 5_000 });
    end();
  });
});

describe("an answer that is not what it must be is refused", () => {
  const tampers: [string, (response: Response) => Response | Promise<Response>][] = [
    [
      "another body under the signature",
      async (response) => {
        const text = (await response.text()).replace('"acme"', '"evil"');
        return new Response(text, { headers: response.headers });
      },
    ],
    [
      "no signature of Freehold",
      (response) => {
        const [head, body] = (response.headers.get("freehold-entry") ?? "").split(".");
        response.headers.set("freehold-entry", `${head}.${body}.${"A".repeat(86)}`);
        return response;
      },
    ],
    [
      "a signature without an algorithm",
      (response) => {
        const [, body] = (response.headers.get("freehold-entry") ?? "").split(".");
        const head = Buffer.from(JSON.stringify({ alg: "none", typ: "freehold-entry+jwt" }));
        response.headers.set("freehold-entry", `${head.toString("base64url")}.${body}.`);
        return response;
      },
    ],
    ["no tenant", () => Response.json({ max_age_seconds: 60 })],
    ["no JSON", () => new Response("<html>")],
    ["another address", () => Response.redirect("http://127.0.0.1:1/", 302)],
    [
      "a key that Freehold does not know",
      () => Response.json({ code: "unauthenticated", detail: "No." }, { status: 401 }),
    ],
  ];
  test.for(tampers)("%s", async ([, tamper]) => {
    world.door.onItsWay = (response, path) =>
      path === `/internal/tenants/${here.environment.id}` ? tamper(response) : response;
    await expect(store.find(id())).rejects.toMatchObject({ code: "unavailable" });
    world.door.onItsWay = null;
    await vi.waitFor(async () => expect(await store.find(id())).toMatchObject({ status: "active" }), {
      timeout: 5_000,
    });
  });

  test("one for another service", async () => {
    const { key: other } = await world.service("Other");
    await store.find(id());
    const theirs = await fetch(`${world.door.url}/internal/tenants/${here.environment.id}`, {
      headers: { authorization: `Bearer ${other}` },
    });
    const signature = theirs.headers.get("freehold-entry") ?? "";
    const which = await world.activeEnvironment();
    world.door.onItsWay = (response, path) => {
      if (path.includes(which.environment.id)) response.headers.set("freehold-entry", signature);
      return response;
    };
    await expect(store.find(byId(which.environment.id))).rejects.toMatchObject({ code: "unavailable" });
  });
});

test("a service whose key is revoked serves nobody, whatever it has signed", async () => {
  const { id: service, key: doomed } = await world.service("Doomed");
  await store.close();
  store = await listening({ key: doomed });
  await store.find(id());
  await revokeService(world.operator, { service });
  await vi.waitFor(() => expect(store.find(id())).rejects.toMatchObject({ code: "unavailable" }), {
    timeout: 10_000,
    interval: 50,
  });
  expect(store.peek(id())).toBeUndefined();
});
