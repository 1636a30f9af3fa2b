import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantStatus } from "../stores/tenant-store.ts";
import { createStore, tenants, type TestStore } from "../testing/http-world.ts";
import { createTenantLifetimes, type TenantLifetimes } from "./tenant-lifetimes.ts";

function follow(store: Pick<TestStore, "find" | "onChange">, recheckMs = 600_000): TenantLifetimes {
  const lifetimes = createTenantLifetimes(store, { recheckMs });
  onTestFinished(() => lifetimes.close());
  return lifetimes;
}

test.each<TenantStatus>(["suspended", "archived", "failed", "moving", "deleting", "provisioning"])(
  "a tenant that becomes %s ends every lifetime of its own, and no other",
  async (status) => {
    const store = createStore();
    const lifetimes = follow(store);
    const [one, two, other] = [tenants.A, tenants.A, tenants.B].map((tenant) => lifetimes.follow(tenant));
    const ended = [once(one!.signal, "abort"), once(two!.signal, "abort")];
    store.setStatus(tenants.B, "active");
    store.setStatus(tenants.A, status);
    await Promise.all(ended);
    expect([one, two].map((lifetime) => lifetime?.signal.reason)).toMatchObject([
      { code: "tenant_inactive" },
      { code: "tenant_inactive" },
    ]);
    expect(other?.signal.aborted).toBe(false);
  },
);

test("one that has ended before it is followed ends at once", async () => {
  const { signal } = follow(createStore()).follow(tenants.asleep);
  await once(signal, "abort");
  expect(signal.reason).toMatchObject({ code: "tenant_inactive" });
});

test("one that is not known any longer ends", async () => {
  const { signal } = follow(createStore()).follow("3d904f3b-8a3f-4d8a-8d9e-606c7f4b3d04");
  await once(signal, "abort");
  expect(signal.reason).toMatchObject({ code: "tenant_inactive" });
});

test("a change of anything asks for everyone", async () => {
  const store = createStore();
  let changed: ((tenant: string | null) => void) | undefined;
  let status: TenantStatus = "active";
  const { signal } = follow({
    find: async (reference) => ({ ...(await store.find(reference))!, status }),
    onChange: (listener) => ((changed = listener), () => {}),
  }).follow(tenants.A);
  status = "suspended";
  changed?.(null);
  await once(signal, "abort");
  expect(signal.reason).toMatchObject({ code: "tenant_inactive" });
});

test.each([
  ["unavailable", new FreeholdError("unavailable", "Nobody answers.")],
  ["unavailable", new TypeError("fetch failed")],
])("what is known runs out without a change: %s", async (code, thrown) => {
  const store = createStore();
  let asked = 0;
  const find: TestStore["find"] = async (reference) => {
    asked += 1;
    if (asked > 2) throw thrown;
    return store.find(reference);
  };
  const { signal } = follow({ find, onChange: store.onChange }, 5).follow(tenants.A);
  await once(signal, "abort");
  expect(signal.reason).toMatchObject({ code });
});

test("one that was released hears nothing, and a second follower of the same tenant still does", async () => {
  const store = createStore();
  const lifetimes = follow(store);
  const [gone, stays] = [lifetimes.follow(tenants.A), lifetimes.follow(tenants.A)];
  gone.release();
  store.setStatus(tenants.A, "suspended");
  await once(stays.signal, "abort");
  expect(gone.signal.aborted).toBe(false);
  gone.release();
  stays.release();
});

test("closing ends all and listens to nothing any longer", () => {
  const store = createStore();
  const lifetimes = createTenantLifetimes(store);
  const followed = [tenants.A, tenants.B].map((tenant) => lifetimes.follow(tenant));
  lifetimes.close();
  expect(followed.map(({ signal }) => signal.reason)).toMatchObject([
    { code: "unavailable" },
    { code: "unavailable" },
  ]);
  expect(store.listeners()).toBe(0);
});
