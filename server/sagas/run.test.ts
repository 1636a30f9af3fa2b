import { cpSync, existsSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { withTransaction } from "@/server/db/transaction";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { retryEnvironment } from "@/server/domain/environments/retry";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { attempt, makeDue, readOperation } from "@/server/testing/attempts";
import { createWorld, type World } from "@/server/testing/world";
import { enqueue } from "./enqueue";
import { sagaRegistry } from "./registry";
import { defineSaga, type Saga } from "./saga";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;
let next = 0;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  while (await attempt(world));
});
afterAll(() => world.end());

async function order() {
  const slug = `e-${next++}`;
  const created = await createEnvironment(acme, { organization: acme.organization.slug, name: slug, slug, envType: "test" });
  return { id: created.environment.id, slug, operation: created.operation.id, file: fileOf(created.environment.id) };
}

const fileOf = (id: string) => join(world.directory, "databases", `env_${id.replaceAll("-", "")}.db`);

async function environmentRow(id: string) {
  const [row] = await world.db.select().from(environment).where(eq(environment.id, id));
  return row;
}

const provisioning = (steps: Saga<"provision-environment">["steps"]): ReadonlyMap<string, Saga> =>
  new Map([["provision-environment", defineSaga("provision-environment", { steps }) as unknown as Saga]]);

test("what fails is tried again after growing waits, then undone, and the environment is failed and can be retried", async () => {
  const env = await order();
  const folder = join(world.directory, "migrations-of-later");
  const drivers = { sqlite: createSqliteDriver({ directory: join(world.directory, "databases"), migrationsFolder: folder }) };
  const waits: number[] = [];
  for (let n = 1; n <= 3; n++) {
    const before = Date.now();
    expect(await attempt(world, { drivers })).toBe(true);
    const row = await readOperation(world, env.operation);
    expect(row).toMatchObject({ status: "running", attempts: n, leaseOwner: null });
    expect(row.steps.map((step) => step.status)).toEqual(["failed", "pending", "pending"]);
    waits.push(row.runAfter - before);
    expect(await attempt(world, { drivers })).toBe(false);
    await makeDue(world, env.operation);
  }
  expect(waits[1]).toBeGreaterThan((waits[0] ?? 0) * 1.5);
  expect(waits[2]).toBeGreaterThan((waits[1] ?? 0) * 1.5);
  await attempt(world, { drivers });
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "failed", attempts: 4, leaseOwner: null });
  expect(await environmentRow(env.id)).toMatchObject({ status: "failed" });

  cpSync("drizzle/tenant/migrations", folder, { recursive: true });
  const again = await retryEnvironment(await world.inEnvironment(ann, env.id));
  await attempt(world, { drivers });
  expect(await readOperation(world, again.operation.id)).toMatchObject({ status: "succeeded", attempts: 1 });
  expect(await environmentRow(env.id)).toMatchObject({ status: "active", statusReason: "" });
  await drivers.sqlite.close();
});

test("an unexpected error tells people nothing but that it happened", async () => {
  const env = await order();
  const drivers = { sqlite: createSqliteDriver({ directory: join(world.directory, "databases"), migrationsFolder: "/nowhere/secret-path" }) };
  for (let n = 0; n < 4; n++) {
    await makeDue(world, env.operation);
    await attempt(world, { drivers });
  }
  const told = JSON.stringify([await readOperation(world, env.operation), await environmentRow(env.id), await world.db.select().from(auditEntry)]);
  expect(told).not.toContain("secret-path");
  await drivers.sqlite.close();
});

test("undoing goes backwards and starts with the step that failed", async () => {
  const env = await order();
  const log: string[] = [];
  const note = (name: string) => ({
    run: async () => void log.push(`run ${name}`),
    undo: async () => void log.push(`undo ${name}`),
  });
  const registry = provisioning({
    "create-database": { kind: "effect", ...note("create") },
    "verify-database": {
      kind: "effect",
      ...note("verify"),
      async run() {
        throw new DomainError("precondition", "The disk is full.");
      },
    },
    activate: { kind: "commit", run: async () => void log.push("run activate") },
  });
  await attempt(world, { registry });
  expect(log).toEqual(["run create", "undo verify", "undo create"]);
  const row = await readOperation(world, env.operation);
  expect(row).toMatchObject({ status: "failed", error: "The disk is full." });
  expect(row.steps.map((step) => step.status)).toEqual(["undone", "failed", "pending"]);
});

test("a cheap step that was not journalled yet is undone even when the undoing is interrupted", async () => {
  const env = await order();
  const log: string[] = [];
  let interrupted = false;
  const registry = provisioning({
    "create-database": {
      kind: "effect",
      cheap: true,
      run: async () => void log.push("run create"),
      async undo() {
        if (!interrupted) {
          interrupted = true;
          throw new Error("The power went.");
        }
        log.push("undo create");
      },
    },
    "verify-database": {
      kind: "effect",
      cheap: true,
      async run() {
        throw new DomainError("precondition", "It is not there.");
      },
    },
    activate: { kind: "commit", run: async () => undefined },
  });
  await attempt(world, { registry });
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "undoing" });
  await makeDue(world, env.operation);
  await attempt(world, { registry });
  expect(log).toEqual(["run create", "undo create"]);
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "failed", error: "It is not there." });
});

test("an undo that fails stays visible, is tried again, and keeps the reason why it began", async () => {
  const env = await order();
  mkdirSync(env.file);
  await attempt(world);
  const stuck = await readOperation(world, env.operation);
  expect(stuck).toMatchObject({ status: "undoing", leaseOwner: null, finishedAt: null });
  expect(stuck.error).toContain("not a Freehold database");
  expect(stuck.runAfter).toBeGreaterThan(Date.now());
  expect(await environmentRow(env.id)).toMatchObject({ status: "provisioning" });
  for (let n = 0; n < 6; n++) {
    await makeDue(world, env.operation);
    await attempt(world);
    expect(await readOperation(world, env.operation)).toMatchObject({ status: "undoing" });
  }
  rmdirSync(env.file);
  await makeDue(world, env.operation);
  await attempt(world);
  const ended = await readOperation(world, env.operation);
  expect(ended).toMatchObject({ status: "failed", error: ended.steps[0]?.error });
  expect(await environmentRow(env.id)).toMatchObject({ status: "failed", statusReason: ended.steps[0]?.error });
});

test("another tenant's database under the name is left alone, and the environment is failed", async () => {
  const good = await order();
  await attempt(world);
  const env = await order();
  cpSync(good.file, env.file);
  await attempt(world);
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "failed" });
  expect(await environmentRow(env.id)).toMatchObject({ status: "failed" });
  expect(existsSync(env.file)).toBe(true);
});

test("after the pivot there is only forward: a deletion that cannot finish is never taken back", async () => {
  const env = await order();
  await attempt(world);
  const here = await world.inEnvironment(ann, env.id);
  const { operation: ordered } = await deleteEnvironment(here, { environment: env.id, confirm: env.slug });
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

test.for(Object.entries(parked))("an operation with %s waits, says why, and is not lost", async ([, values]) => {
  const { id } = await withTransaction(world.db, (tx) =>
    enqueue(tx, ann, "provision-environment", { input: { environmentId: newId(), databaseName: "x", driver: "sqlite" }, subject: "parked" }),
  );
  await world.db.update(operation).set(values).where(eq(operation.id, id));
  expect(await attempt(world)).toBe(true);
  const row = await readOperation(world, id);
  expect(row).toMatchObject({ status: "running", leaseOwner: null });
  expect(row.error).toMatch(/^This version (does not know|cannot read)/);
  expect(row.runAfter - Date.now()).toBeGreaterThan(50_000);
  expect(await attempt(world)).toBe(false);
});

test("an environment has one unfinished operation, whoever asks for another", async () => {
  const env = await order();
  await makeDue(world, env.operation);
  const second = withTransaction(world.db, (tx) =>
    enqueue(tx, ann, "delete-environment", {
      input: { environmentId: env.id, databaseName: "x", driver: "sqlite" }, subject: "second", environmentId: env.id,
    }),
  );
  await expect(second).rejects.toThrow();
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
