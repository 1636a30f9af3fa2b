import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { openDb } from "@/server/db/client";
import { createEnvironment } from "@/server/domain/environments/create";
import type { DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { attempt, endLease, makeDue, orderEnvironment, readOperation } from "@/server/testing/attempts";
import { only } from "@/server/testing/drivers";
import { createWorld, type World } from "@/server/testing/world";
import { claimNext, LeaseLost, postpone, writeOperation } from "./journal";
import { sagaRegistry } from "./registry";
import { runOperation } from "./run";
import { startWorker } from "./worker";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  while (await attempt(world));
});
afterAll(() => world.end());

const order = () => orderEnvironment(world, acme);

/** Everything that a worker can change, as it is now. */
async function everything() {
  return Promise.all(
    [operation, operationStep, environment, environmentDatabase, auditEntry].map((table) =>
      world.db.select().from(table),
    ),
  );
}

/** A real driver that falls asleep in one of its verbs until it is woken. */
function sleepy(
  driver: TenantDriver,
  verb: "createDatabase" | "verifyDatabase",
  outcome: () => void = () => undefined,
) {
  let wake = () => undefined as void;
  let asleep = () => undefined as void;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  const sleeping = new Promise<void>((resolve) => (asleep = resolve));
  const drivers = only({
    ...driver,
    async [verb](identity: DatabaseIdentity) {
      asleep();
      await woken;
      const result = await driver[verb](identity);
      outcome();
      return result;
    },
  });
  return { drivers, sleeping, wake };
}

const fail = () => {
  throw new DomainError("precondition", "The zombie failed.");
};

test.for([
  ["in its first step", "createDatabase", undefined],
  ["in a later step", "verifyDatabase", undefined],
  ["in a step that then fails", "verifyDatabase", fail],
] as const)(
  "a worker that slept %s beyond its lease changes nothing when it wakes",
  async ([, verb, outcome]) => {
    const env = await order();
    const zombie = sleepy(await world.files(), verb, outcome);
    const dozing = attempt(world, { owner: "zombie", drivers: zombie.drivers });
    await zombie.sleeping;
    expect(await attempt(world, { owner: "other" })).toBe(false);
    await endLease(world, env.operation);
    expect(await attempt(world, { owner: "other" })).toBe(true);
    expect(await readOperation(world, env.operation)).toMatchObject({ status: "succeeded", fence: 2 });
    const before = await everything();
    zombie.wake();
    await dozing;
    expect(await everything()).toEqual(before);
    await expect((await world.files()).verifyDatabase(home(env.id))).resolves.toMatchObject({
      schemaVersion: 1,
    });
  },
);

const home = (id: string) =>
  ({ tenant: id, databaseName: `env_${id.replaceAll("-", "")}` }) as DatabaseIdentity;

test("an old fence writes nothing, not even when the same worker took the lease again", async () => {
  const env = await order();
  const first = await claimNext(world.db, "one");
  await endLease(world, env.operation);
  const second = await claimNext(world.db, "one");
  if (!first || !second) throw new Error("Both claims must succeed.");
  expect(second.fence).toBe(first.fence + 1);
  const before = await everything();
  await expect(writeOperation(world.db, first, { status: "failed" })).rejects.toBeInstanceOf(LeaseLost);
  await postpone(world.db, first, 0, "late");
  await runOperation(world, sagaRegistry, first);
  expect(await everything()).toEqual(before);
  await runOperation(world, sagaRegistry, second);
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "succeeded" });
});

test("a lease that is held is not given to anyone else, an ended one is", async () => {
  const env = await order();
  expect(await claimNext(world.db, "one")).toMatchObject({ operationId: env.operation, fence: 1 });
  expect(await claimNext(world.db, "two")).toBeNull();
  await endLease(world, env.operation);
  expect(await claimNext(world.db, "two")).toMatchObject({ operationId: env.operation, fence: 2 });
  await endLease(world, env.operation);
  while (await attempt(world));
});

test("of twenty claims at once one gets the operation", async () => {
  const env = await order();
  const leases = await Promise.all(Array.from({ length: 20 }, (_, n) => claimNext(world.db, `worker-${n}`)));
  expect(leases.filter(Boolean)).toHaveLength(1);
  await endLease(world, env.operation);
  while (await attempt(world));
});

test("two workers on one control plane share the work and never do the same at once", async () => {
  const secondDb = await openDb(`file:${join(world.directory, "control.db")}`);
  const inside = new Map<string, number>();
  const calls = new Map<string, number>();
  const files = await world.files();
  const counting: TenantDriver = {
    ...files,
    async createDatabase(identity) {
      const name = identity.databaseName;
      inside.set(name, (inside.get(name) ?? 0) + 1);
      calls.set(name, (calls.get(name) ?? 0) + 1);
      expect(inside.get(name)).toBe(1);
      await delay(5);
      const endpoint = await files.createDatabase(identity);
      inside.set(name, 0);
      return endpoint;
    },
  };
  const ordered = await Promise.all(Array.from({ length: 40 }, order));
  const workers = [
    startWorker({ db: world.db, drivers: only(counting) }),
    startWorker({ db: secondDb, drivers: only(counting) }),
  ];
  await Promise.all(workers.map((worker) => worker.drain()));
  for (const env of ordered) {
    expect(await readOperation(world, env.operation)).toMatchObject({
      status: "succeeded",
      fence: 1,
      attempts: 1,
    });
  }
  expect([...calls.values()]).toEqual(Array(40).fill(1));
  await Promise.all(workers.map((worker) => worker.stop()));
  secondDb.$client.close();
}, 20_000);

test("a worker keeps the lease of a step that takes longer than a lease", async () => {
  const env = await order();
  const slow = sleepy(await world.files(), "createDatabase");
  const worker = startWorker({ db: world.db, drivers: slow.drivers });
  await slow.sleeping;
  const { leaseExpiresAt: before } = await readOperation(world, env.operation);
  const renewed = async () => {
    const { leaseExpiresAt, fence } = await readOperation(world, env.operation);
    expect(fence).toBe(1);
    expect(leaseExpiresAt).toBeGreaterThan(before ?? 0);
  };
  await vi.waitFor(renewed, { timeout: 10_000, interval: 100 });
  slow.wake();
  await worker.drain();
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "succeeded" });
  await worker.stop();
}, 20_000);

test("an operation whose order was rolled back does not exist, and its hand is free again", async () => {
  const worker = startWorker(world);
  const key = { ...acme, idempotencyKey: "rolled-back" };
  const input = {
    organization: acme.organization.slug,
    name: "First",
    slug: "rolled",
    envType: "test" as const,
  };
  await createEnvironment(key, input);
  await expect(createEnvironment({ ...acme }, input)).rejects.toMatchObject({ code: "conflict" });
  await worker.drain();
  const rows = await world.db.select().from(environment).where(eq(environment.slug, "rolled"));
  expect(rows.map((row) => row.status)).toEqual(["active"]);
  await worker.stop();
});

test("an order that is due in the future is left alone until then", async () => {
  const env = await order();
  await world.db
    .update(operation)
    .set({ runAfter: Date.now() + 60_000 })
    .where(eq(operation.id, env.operation));
  expect(await attempt(world)).toBe(false);
  await makeDue(world, env.operation);
  expect(await attempt(world)).toBe(true);
});
