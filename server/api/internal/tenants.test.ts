import { createHash } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { archiveEnvironment } from "@/server/domain/environments/archive";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { env } from "@/server/kernel/env";
import { newId } from "@/server/kernel/ids";
import { code } from "@/server/testing/connect-answers";
import { asService, createServiceWorld, verified, type ServiceWorld } from "@/server/testing/service-world";
import { handleDbInfo, handleHost, handleTenant } from "./handler";
import { handleJwks } from "./jwks";

let world: ServiceWorld;
let orders: { id: string; key: string };

beforeAll(async () => {
  world = await createServiceWorld();
  orders = await world.service("Orders");
}, 60_000);
afterEach(() => vi.useRealTimers());
afterAll(() => world.end());

const tenant = (id: string, headers: Record<string, string> = {}, key = orders.key) =>
  handleTenant(asService(key, `/internal/tenants/${id}`, { headers }), id);
const host = (name: string) => handleHost(asService(orders.key, "/internal/hosts/x"), name);
const dbInfo = (id: string) => handleDbInfo(asService(orders.key, `/internal/tenants/${id}/db-info`), id);
const entryOf = (response: Response) => response.headers.get("freehold-entry") ?? "";
const digest = (body: string) => createHash("sha256").update(body).digest("base64url");

describe("who a tenant is", () => {
  test("is told by id and by host, in the same words", async () => {
    const here = await world.activeEnvironment();
    const byId = await tenant(here.environment.id);
    expect(byId.status).toBe(200);
    const body = await byId.text();
    const facts = JSON.parse(body) as { hostname: string };
    expect(facts).toEqual({
      tenant: here.environment.id,
      organization: "acme",
      environment: here.environment.slug,
      status: "active",
      epoch: expect.any(Number),
      isolation: "dedicated",
      driver: "sqlite",
      region: "us-east",
      hostname: `acme-${here.environment.slug}.localhost`,
      max_age_seconds: 60,
    });
    for (const _ of [1, 2]) expect(await (await host(facts.hostname)).text()).toBe(body);
  });

  const ends = {
    suspended: suspendEnvironment,
    archived: archiveEnvironment,
  } as const;

  test.for(Object.entries(ends))("is told within a second when it is %s", async ([status, end]) => {
    const here = await world.activeEnvironment();
    const first = await tenant(here.environment.id);
    const { epoch } = (await first.json()) as { epoch: number };
    await end(here, { environment: here.environment.id, reason: "Done" });
    await vi.waitFor(
      async () => {
        const told = (await (await tenant(here.environment.id)).json()) as { status: string; epoch: number };
        expect(told.status).toBe(status);
        expect(told.epoch).toBeGreaterThan(epoch);
      },
      { timeout: 1000, interval: 50 },
    );
  });

  test("is nothing any more when it is gone, by id and by host", async () => {
    const here = await world.activeEnvironment();
    const { hostname } = (await (await tenant(here.environment.id)).json()) as { hostname: string };
    expect((await host(hostname)).status).toBe(200);
    await deleteEnvironment(here, { environment: here.environment.id, confirm: here.environment.slug });
    await vi.waitFor(
      async () => {
        expect(await code(await tenant(here.environment.id))).toBe("not_found");
        expect(await code(await host(hostname))).toBe("not_found");
      },
      { timeout: 20_000 },
    );
  });

  test("a host name that is used again leads to the tenant that has it", async () => {
    const here = await world.activeEnvironment();
    const { hostname } = (await (await tenant(here.environment.id)).json()) as { hostname: string };
    await host(hostname);
    const other = await world.activeEnvironment();
    await world.db.$client.batch([
      {
        sql: "update sys_environment set hostname = 'aside.localhost', epoch = epoch + 1 where id = ?",
        args: [here.environment.id],
      },
      {
        sql: "update sys_environment set hostname = ?, epoch = epoch + 1 where id = ?",
        args: [hostname, other.environment.id],
      },
    ]);
    await vi.waitFor(async () =>
      expect(((await (await host(hostname)).json()) as { tenant: string }).tenant).toBe(other.environment.id),
    );
  });

  test("is not sent again to who has it, and comes with a fresh entry", async () => {
    const here = await world.activeEnvironment();
    const first = await tenant(here.environment.id);
    const again = await tenant(here.environment.id, { "if-none-match": first.headers.get("etag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const claims = decodeJwt(entryOf(again));
    expect(claims["digest"]).toBe(digest(await first.text()));
  });
});

const shapes: [string, (text: string) => Promise<Response>, string, string][] = [
  ["an id that nobody has", tenant, newId(), "not_found"],
  ["an id in capitals", tenant, newId().toUpperCase(), "invalid"],
  ["a slug", tenant, "prod", "invalid"],
  ["nothing", tenant, "", "invalid"],
  ["a prototype", tenant, "__proto__", "invalid"],
  ["a path", tenant, "../hosts/x", "invalid"],
  ["a host that nobody has", host, "nobody.localhost", "not_found"],
  ["a host in capitals", host, "ACME-prod.localhost", "invalid"],
  ["a host with its port", host, "acme-prod.localhost:3000", "invalid"],
  ["a host with a final dot", host, "acme-prod.localhost.", "invalid"],
  ["a host with a NUL", host, "acme-prod.localhost\0", "invalid"],
  ["a host in full-width letters", host, "ａcme-prod.localhost", "invalid"],
  ["a host with a line break", host, "acme-prod.localhost\n", "invalid"],
  ["a pattern", host, "%.localhost", "invalid"],
  ["a host of 254 characters", host, `${"a.".repeat(126)}ab`, "invalid"],
  ["no host at all", host, "", "invalid"],
];

describe("what is spelled otherwise is refused", () => {
  test.for(shapes)("%s", async ([, ask, text, expected]) => {
    const response = await ask(text);
    expect(await code(response)).toBe(expected);
    expect(response.headers.has("freehold-entry")).toBe(false);
  });

  test("a key without the scope", async () => {
    const { key } = await world.service("Elsewhere", ["changes", "tokens", "sign", "report", "options"]);
    const here = await world.activeEnvironment();
    expect(await code(await tenant(here.environment.id, {}, key))).toBe("forbidden");
  });
});

describe("an entry", () => {
  test.for([["who it is", tenant] as const, ["where its data is", dbInfo] as const])(
    "vouches for exactly the body that says %s, for this service",
    async ([, ask]) => {
      const here = await world.activeEnvironment();
      const response = await ask(here.environment.id);
      const entry = entryOf(response);
      const { payload, protectedHeader } = await verified(entry, {
        issuer: env().baseUrl,
        audience: orders.id,
        subject: here.environment.id,
        typ: "freehold-entry+jwt",
      });
      expect(protectedHeader).toEqual({ alg: "EdDSA", kid: expect.any(String), typ: "freehold-entry+jwt" });
      expect(Object.keys(payload).toSorted()).toEqual(["aud", "digest", "exp", "iat", "iss", "sub"]);
      expect(payload["digest"]).toBe(digest(await response.text()));
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    },
  );

  test("is signed once for fifty requests at once, and anew after a minute", async () => {
    const here = await world.activeEnvironment();
    const { id } = here.environment;
    const entries = await Promise.all(Array.from({ length: 50 }, async () => entryOf(await tenant(id))));
    expect(new Set(entries).size).toBe(1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    const later = entryOf(await tenant(id));
    expect(later).not.toBe(entries[0]);
    expect(decodeJwt(later).exp).toBeGreaterThan(decodeJwt(entries[0] ?? "").exp ?? 0);
  });

  test("of one service is none of another's", async () => {
    const { id: billing, key } = await world.service("Billing");
    const here = await world.activeEnvironment();
    const theirs = entryOf(await tenant(here.environment.id, {}, key));
    expect(decodeJwt(theirs).aud).toBe(billing);
    await expect(verified(theirs, { audience: orders.id })).rejects.toThrow("aud");
  });

  test("ends when its time is over", async () => {
    const here = await world.activeEnvironment();
    const entry = entryOf(await tenant(here.environment.id));
    const after = new Date(Date.now() + 901_000);
    await expect(verified(entry, { currentDate: after })).rejects.toThrow("exp");
  });
});

test("without a key to sign with, answers go on without an entry", async () => {
  const here = await world.activeEnvironment();
  await world.db.run("alter table signing_key rename to away");
  // No key is in memory any more by then.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
  const response = await tenant(here.environment.id);
  await world.db.run("alter table away rename to signing_key");
  expect([response.status, response.headers.has("freehold-entry")]).toEqual([200, false]);
  expect(entryOf(await tenant(here.environment.id))).not.toBe("");
});

describe("the signing keys", () => {
  const dayMs = 24 * 3600 * 1000;
  const published = async () => (await (await handleJwks()).json()) as { keys: Record<string, string>[] };

  test("are published without their private halves, to anybody", async () => {
    const response = await handleJwks();
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    for (const key of keys)
      expect(Object.keys(key).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
    expect(keys).toMatchObject([{ alg: "EdDSA", crv: "Ed25519", kty: "OKP", use: "sig" }]);
  });

  test("follow each other: published a day before one signs, and two days after it has", async () => {
    const { environment: here } = await world.activeEnvironment();
    const kidAt = async (days: number) => {
      vi.useFakeTimers({ toFake: ["Date"], now: start + days * dayMs });
      const entry = entryOf(await tenant(here.id));
      const { keys } = await published();
      return { entry, kid: decodeProtectedHeader(entry).kid, kids: keys.map(({ kid }) => kid) };
    };
    const start = Date.now();
    const first = await kidAt(1);
    expect(first.kids).toEqual([first.kid]);
    const announced = await kidAt(29.5);
    expect(announced.kid).toBe(first.kid);
    expect(announced.kids).toHaveLength(2);
    const changed = await kidAt(30.6);
    expect(changed.kid).not.toBe(first.kid);
    expect(announced.kids).toContain(changed.kid);
    await expect(verified(changed.entry, {})).resolves.toBeDefined();
    await expect(
      verified(announced.entry, { currentDate: new Date(start + 29.5 * dayMs) }),
    ).resolves.toBeDefined();
    const forgotten = await kidAt(32.5);
    expect(forgotten.kids).toEqual([changed.kid]);
    await expect(
      verified(announced.entry, { currentDate: new Date(start + 29.5 * dayMs) }),
    ).rejects.toThrow();
  });
});
