import { cpSync, existsSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { operation } from "@/drizzle/control/schema/operations";
import { withTransaction } from "@/server/db/transaction";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { retryEnvironment } from "@/server/domain/environments/retry";
import { builtInClusters } from "@/server/domain/clusters/names";
import { only } from "@/server/testing/drivers";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import {
  attempt,
  makeDue,
  orderEnvironment,
  readEnvironment,
  readOperation,
} from "@/server/testing/attempts";
import { createWorld, type World } from "@/server/testing/world";
import { enqueue } from "./enqueue";
import { sagaRegistry } from "./registry";
import type { Saga } from "./saga";

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

const environmentRow = (id: string) => readEnvironment(world, id);

test("what fails is tried again after growing waits, then undone, and the environment is failed and can be retried", async () => {
  const env = await order();
  const folder = join(world.directory, "migrations-of-later");
  const drivers = only(
    createSqliteDriver({ directory: join(world.directory, "databases"), migrationsFolder: folder }),
  );
  const waits: number[] = [];
  for (let n = 1; n <= 7; n++) {
    expect(await attempt(world, { drivers })).toBe(true);
    const row = await readOperation(world, env.operation);
    expect(row).toMatchObject({ status: "running", attempts: n, leaseOwner: null });
    expect(row.steps.map((step) => step.status)).toEqual([
      "failed",
      "pending",
      "pending",
      "pending",
      "pending",
    ]);
    waits.push(row.runAfter - (row.steps[0]?.finishedAt?.getTime() ?? 0));
    await makeDue(world, env.operation);
  }
  // A slow machine only adds to a wait, so each is held to its least length.
  for (const [n, least] of [250, 750, 2250, 6750, 20_250, 60_000, 60_000].entries())
    expect(waits[n]).toBeGreaterThanOrEqual(least);
  await attempt(world, { drivers });
  expect(await readOperation(world, env.operation)).toMatchObject({
    status: "failed",
    attempts: 8,
    leaseOwner: null,
  });
  expect(await environmentRow(env.id)).toMatchObject({ status: "failed" });

  cpSync("drizzle/tenant/migrations", folder, { recursive: true });
  const again = await retryEnvironment(await world.inEnvironment(ann, env.id));
  await attempt(world, { drivers });
  expect(await readOperation(world, again.operation.id)).toMatchObject({ status: "succeeded", attempts: 1 });
  expect(await environmentRow(env.id)).toMatchObject({ status: "active", statusReason: "" });
  await drivers.close();
});

test("an unexpected error tells people nothing but that it happened", async () => {
  const env = await order();
  const drivers = only(
    createSqliteDriver({
      directory: join(world.directory, "databases"),
      migrationsFolder: "/nowhere/secret-path",
    }),
  );
  for (let n = 0; n < 8; n++) {
    await makeDue(world, env.operation);
    await attempt(world, { drivers });
  }
  const told = JSON.stringify([
    await readOperation(world, env.operation),
    await environmentRow(env.id),
    await world.db.select().from(auditEntry),
  ]);
  expect(told).not.toContain("secret-path");
  await drivers.close();
});

test("after the pivot there is only forward: a deletion that cannot finish is never taken back", async () => {
  const env = await order();
  await attempt(world);
  const here = await world.inEnvironment(ann, env.id);
  const { operation: deletion } = await deleteEnvironment(here, { environment: env.id, confirm: env.slug });
  const ordered = { id: deletion?.id ?? "" };
  renameSync(env.file, `${env.file}.kept`);
  writeFileSync(env.file, "not a database");
  for (let n = 1; n <= 7; n++) {
    await attempt(world);
    const row = await readOperation(world, ordered.id);
    expect(row).toMatchObject({ status: "running", attempts: n });
    expect(row.error).toContain("not a Freehold database");
    await makeDue(world, ordered.id);
  }
  expect(await environmentRow(env.id)).toMatchObject({ status: "deleting" });
  renameSync(`${env.file}.kept`, env.file);
  await attempt(world);
  expect(await readOperation(world, ordered.id)).toMatchObject({ status: "succeeded", error: null });
  expect(await environmentRow(env.id)).toBeUndefined();
  expect(existsSync(env.file)).toBe(false);
});

const parked: Record<string, Partial<typeof operation.$inferInsert>> = {
  "a saga that this version does not know": { saga: "move-environment" },
  "a name that every object has": { saga: "constructor" },
  "an input that this version cannot read": { input: { environmentId: 7 } },
};

test.for(Object.entries(parked))(
  "an operation with %s waits, says why, and is not lost",
  async ([, values]) => {
    const { id } = await withTransaction(world.db, (tx) =>
      enqueue(tx, ann, "provision-environment", {
        input: {
          environmentId: newId(),
          databaseName: "x",
          clusterId: builtInClusters.files,
          poolId: null,
          organizationId: newId(),
          databaseId: newId(),
          credentialId: newId(),
        },
        subject: "parked",
      }),
    );
    await world.db.update(operation).set(values).where(eq(operation.id, id));
    expect(await attempt(world)).toBe(true);
    const row = await readOperation(world, id);
    expect(row).toMatchObject({ status: "running", leaseOwner: null });
    expect(row.error).toMatch(/^This version (does not know|cannot read)/);
    expect(row.runAfter - Date.now()).toBeGreaterThan(50_000);
    expect(await attempt(world)).toBe(false);
  },
);

test("an environment has one unfinished operation, whoever asks for another", async () => {
  const env = await order();
  await makeDue(world, env.operation);
  const second = withTransaction(world.db, (tx) =>
    enqueue(tx, ann, "delete-environment", {
      input: { environmentId: env.id, databaseName: "x", clusterId: builtInClusters.files, poolId: null },
      subject: "second",
      environmentId: env.id,
    }),
  );
  await expect(second).rejects.toMatchObject({
    cause: { message: expect.stringContaining("sys_operation.lock_key") as string },
  });
  while (await attempt(world));
  expect(await world.db.select().from(operation).where(eq(operation.environmentId, env.id))).toHaveLength(1);
});

test("of ten retries of a failed environment at once one is ordered", async () => {
  const env = await order();
  mkdirSync(env.file);
  await attempt(world);
  rmdirSync(env.file);
  await makeDue(world, env.operation);
  await attempt(world);
  const here = await world.inEnvironment(ann, env.id);
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => retryEnvironment(here)));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  await attempt(world);
  expect(await environmentRow(env.id)).toMatchObject({ status: "active" });
});

test("every step that works outside can be repeated", async () => {
  const env = await order();
  const registry = new Map(
    [...sagaRegistry].map(([name, saga]) => {
      const steps = Object.entries(saga.steps).map(([key, step]) => {
        if (step.kind === "commit") return [key, step];
        const run: typeof step.run = async (ctx) => {
          await step.run(ctx);
          return step.run(ctx);
        };
        return [key, { ...step, run }];
      });
      return [name, { ...saga, steps: Object.fromEntries(steps) as Saga["steps"] }];
    }),
  );
  await attempt(world, { registry });
  expect(await environmentRow(env.id)).toMatchObject({ status: "active" });
  await deleteEnvironment(await world.inEnvironment(ann, env.id), { environment: env.id, confirm: env.slug });
  await attempt(world, { registry });
  expect(await environmentRow(env.id)).toBeUndefined();
  expect(existsSync(env.file)).toBe(false);
});
