import { cpSync, existsSync, mkdirSync, rmdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import {
  attempt,
  makeDue,
  orderEnvironment,
  readEnvironment,
  readOperation,
} from "@/server/testing/attempts";
import { createWorld, type World } from "@/server/testing/world";
import { defineSaga, type Saga } from "./saga";

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

const provisioning = (steps: Saga<"provision-environment">["steps"]): ReadonlyMap<string, Saga> =>
  new Map([["provision-environment", defineSaga("provision-environment", { steps }) as unknown as Saga]]);

/** Steps that no run below comes to. */
const unreached = {
  "seal-credential": { kind: "effect", run: async () => undefined },
  "install-credential": { kind: "effect", run: async () => undefined },
} as const;

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
    ...unreached,
    activate: { kind: "commit", run: async () => void log.push("run activate") },
  });
  await attempt(world, { registry });
  expect(log).toEqual(["run create", "undo verify", "undo create"]);
  const row = await readOperation(world, env.operation);
  expect(row).toMatchObject({ status: "failed", error: "The disk is full." });
  expect(row.steps.map((step) => step.status)).toEqual(["undone", "failed", "pending", "pending", "pending"]);
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
    ...unreached,
    activate: { kind: "commit", run: async () => undefined },
  });
  await attempt(world, { registry });
  expect(await readOperation(world, env.operation)).toMatchObject({ status: "undoing" });
  await makeDue(world, env.operation);
  await attempt(world, { registry });
  expect(log).toEqual(["run create", "undo create"]);
  expect(await readOperation(world, env.operation)).toMatchObject({
    status: "failed",
    error: "It is not there.",
  });
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
  expect(await environmentRow(env.id)).toMatchObject({
    status: "failed",
    statusReason: ended.steps[0]?.error,
  });
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
