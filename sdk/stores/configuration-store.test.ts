import { expect, test } from "vitest";
import type { TenantReference } from "../resolution/hint";
import { CompositeStore } from "./composite-store";
import { ConfigurationStore } from "./configuration-store";
import { Outage } from "./control-plane-client";

const north = "00000000-0000-4000-8000-000000000001";
const south = "00000000-0000-4000-8000-000000000002";
const connection = { url: "http://127.0.0.1:1/", secret: "s3cret" };
const store = new ConfigurationStore([
  { tenant: north, names: ["north"], hosts: ["north.test"], organization: "acme", connection },
  { tenant: south, names: ["south"], status: "suspended", connection },
]);

const references: [TenantReference, string | null][] = [
  [{ by: "id", value: north }, north],
  [{ by: "name", value: "north" }, north],
  [{ by: "host", value: "north.test" }, north],
  [{ by: "host", value: "north" }, null],
  [{ by: "id", value: "north" }, null],
  [{ by: "name", value: "__proto__" }, null],
  [{ by: "id", value: "" }, null],
];

test.for(references)("%j is %s", async ([reference, tenant]) => {
  expect(store.peek(reference)?.tenant ?? null).toBe(tenant);
  expect((await store.find(reference))?.tenant ?? null).toBe(tenant);
});

test("two tenants never have one name", () => {
  const twice = [
    { tenant: north, names: ["a"] },
    { tenant: south, names: ["a"] },
  ];
  expect(() => new ConfigurationStore(twice)).toThrow("the name a twice");
});

test("a connection of the configuration is given for an active tenant only, and printed without its secret", async () => {
  const found = await store.connection(north);
  expect(found.credential.secret).toBe("s3cret");
  expect(JSON.stringify(found)).not.toContain("s3cret");
  await expect(store.connection(south)).rejects.toMatchObject({ code: "tenant_inactive" });
  await expect(store.connection("north")).rejects.toMatchObject({ code: "not_found" });
});

const empty = new ConfigurationStore([]);
const away = Object.assign(new ConfigurationStore([]), {
  peek: () => undefined,
  peekConnection: () => undefined,
  find: () => Promise.reject(new Outage("Away.")),
  connection: () => Promise.reject(new Outage("Away.")),
});

test("of several stores, the first that knows the tenant answers", async () => {
  const both = new CompositeStore([empty, store]);
  expect(both.peek({ by: "id", value: north })).toMatchObject({ organization: "acme" });
  expect(await both.find({ by: "name", value: "south" })).toMatchObject({ status: "suspended" });
  expect(await both.connection(north)).toMatchObject({ tenant: north });
  expect(await both.find({ by: "id", value: crypto.randomUUID() })).toBeNull();
  await expect(both.connection(crypto.randomUUID())).rejects.toMatchObject({ code: "not_found" });
});

test("a store that cannot be asked is not passed over", async () => {
  const behind = new CompositeStore([away, store]);
  expect(behind.peek({ by: "id", value: north })).toBeUndefined();
  await expect(behind.find({ by: "id", value: north })).rejects.toMatchObject({ code: "unavailable" });
  await expect(behind.connection(north)).rejects.toMatchObject({ code: "unavailable" });
  const before = new CompositeStore([store, away]);
  expect(await before.find({ by: "id", value: north })).toMatchObject({ tenant: north });
});
