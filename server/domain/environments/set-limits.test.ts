import "@/server/testing/door-settings";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { operation } from "@/drizzle/control/schema/operations";
import { pool } from "@/drizzle/control/schema/pools";
import { Connections } from "@/sdk/connections/connections";
import { ControlPlaneStore } from "@/sdk/stores/control-plane-store";
import type { EnvironmentContext } from "@/server/kernel/context";
import { sampleOnce } from "@/server/pool-watch";
import { createDoorWorld } from "@/server/testing/door-world";
import { createHomes, type Homes } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { archiveEnvironment } from "./archive";
import { deleteEnvironment } from "./delete";
import { getEnvironment } from "./get";
import { getLimits } from "./get-limits";
import { mostRows, mostStorageMb } from "./names";
import { SetLimits } from "./schema";
import { setLimits } from "./set-limits";
import { badLimits, dedicatedLimits, type Asked } from "./set-limits.data";

const postgres = withPostgres();
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let homes: Homes;
let store: ControlPlaneStore;
let connections: Connections;

beforeAll(async () => {
  world = await createDoorWorld();
  homes = await createHomes(world, postgres.adminUrl());
  const { key } = await world.service("Schools");
  store = new ControlPlaneStore({ url: world.door.url, key });
  connections = new Connections(store, { searchPath: ["students"], waitMs: 30_000 });
}, 120_000);
afterAll(async () => {
  await connections.close();
  await store.close();
  await world.end();
});
afterEach(() => world.settle());

const change = z.object({ from: z.number().nullable(), to: z.number().nullable() }).optional();
const Change = z.strictObject({ storageLimitMb: change, rowLimit: change });

const run = ({ environment: { id } }: EnvironmentContext, sql: string, values: string[] = []) =>
  connections.withDatabase(id, (database) => database.query(sql, values));
const add = (here: EnvironmentContext) =>
  run(here, "INSERT INTO students (id, local_number, first_name, last_name) VALUES ($1, $2, 'Ada', 'L')", [
    crypto.randomUUID(),
    crypto.randomUUID(),
  ]);
const count = async (here: EnvironmentContext) => (await run(here, "SELECT id FROM students")).length;
const removeOne = (here: EnvironmentContext) =>
  run(here, "DELETE FROM students WHERE id = (SELECT min(id) FROM students)");

/** Sets limits and has the pool hear of them. */
async function limit(here: EnvironmentContext, asked: Asked) {
  const limits = await setLimits(homes.owner, { environment: here.environment.id, ...asked });
  await world.settle();
  return limits;
}

async function poolRow() {
  const [row] = await world.db.select().from(pool);
  if (!row) throw new Error("There is no pool.");
  return row;
}
const sample = async () => sampleOnce(world.db, world.drivers, await poolRow());

const placementOf = async (here: EnvironmentContext) => (await getEnvironment(here)).placement;
const changesOf = async ({ environment: { id } }: EnvironmentContext) => {
  const entries = await world.db
    .select({ detail: auditEntry.detail })
    .from(auditEntry)
    .where(and(eq(auditEntry.environmentId, id), eq(auditEntry.action, "environment.set_limits")))
    .orderBy(auditEntry.seq);
  return entries.map(({ detail }) => Change.parse(JSON.parse(detail)));
};
const ordersOf = ({ environment: { id } }: EnvironmentContext) =>
  world.db.$count(operation, and(eq(operation.environmentId, id), eq(operation.saga, "apply-limits")));

test("at its row limit a tenant writes, over it reads on and hears `limit`, and writes when rows are gone", async () => {
  const [here, neighbour] = [await homes.onboard("a pool"), await homes.onboard("a pool")];
  await limit(here, { rowLimit: 2 });
  for (let n = 0; n < 2; n++) await add(here);
  await sample();
  expect(await placementOf(here)).toMatchObject({ rowLimit: 2, rowCount: 2, isOverLimit: false });
  await add(here);
  await sample();
  expect(await placementOf(here)).toMatchObject({ rowCount: 3, isOverLimit: true });
  await expect(add(here)).rejects.toMatchObject({ code: "limit", status: 429 });
  expect(await count(here)).toBe(3);
  await add(neighbour);
  await removeOne(here);
  await expect(add(here)).rejects.toMatchObject({ code: "limit" });
  await sample();
  expect(await placementOf(here)).toMatchObject({ rowCount: 2, isOverLimit: false });
  await add(here);
});

test("a limit below what is there closes at once, and without it the tenant writes at once", async () => {
  const here = await homes.onboard("a pool");
  for (let n = 0; n < 3; n++) await add(here);
  await sample();
  await limit(here, { rowLimit: 1 });
  expect(await placementOf(here)).toMatchObject({ rowLimit: 1, isOverLimit: true });
  await expect(add(here)).rejects.toMatchObject({ code: "limit" });
  await limit(here, { rowLimit: null });
  expect(await placementOf(here)).toMatchObject({ rowLimit: null, isOverLimit: false });
  await add(here);
  await sample();
  expect(await placementOf(here)).toMatchObject({ rowCount: 4, isOverLimit: false });
});

test("of both limits either closes, and what the audit trail says is what changed", async () => {
  const here = await homes.onboard("a pool");
  const { environment } = here;
  await run(
    here,
    "INSERT INTO students (id, local_number, first_name, last_name) SELECT g::text, g::text, repeat('x', 500), 'L' FROM generate_series(1, 4000) AS g",
  );
  await sample();
  await limit(here, { storageLimitMb: 1, rowLimit: 10_000 });
  expect(await placementOf(here)).toMatchObject({ isOverLimit: true, storageLimitMb: 1 });
  await limit(here, { storageLimitMb: 100 });
  expect(await placementOf(here)).toMatchObject({
    isOverLimit: false,
    storageLimitMb: 100,
    rowLimit: 10_000,
  });
  expect(await changesOf(here)).toEqual([
    { storageLimitMb: { from: 10_240, to: 1 }, rowLimit: { from: null, to: 10_000 } },
    { storageLimitMb: { from: 1, to: 100 } },
  ]);
  expect(await getLimits(homes.owner, { environment: environment.id })).toMatchObject({
    slug: environment.slug,
    rowCount: 4000,
    rowLimit: 10_000,
    storageLimitMb: 100,
  });
  await limit(here, { storageLimitMb: 100 });
  expect(await changesOf(here)).toHaveLength(2);
  expect(await ordersOf(here)).toBe(2);
});

test("two operators at once lose nothing of each other, and the pool has what the registry has", async () => {
  const here = await homes.onboard("a pool");
  const other = await world.person("Second", { isOperator: true });
  for (let n = 0; n < 4; n++) await add(here);
  await sample();
  const { id } = here.environment;
  await Promise.all([
    setLimits(homes.owner, { environment: id, storageLimitMb: 50 }),
    setLimits(other, { environment: id, rowLimit: 9 }),
  ]);
  expect(await placementOf(here)).toMatchObject({ storageLimitMb: 50, rowLimit: 9 });
  await Promise.all(
    [1, 7, 2, 8, 3].map((rowLimit, n) =>
      setLimits(n % 2 ? other : homes.owner, { environment: id, rowLimit }),
    ),
  );
  await world.settle();
  const { rowLimit, isOverLimit } = await placementOf(here);
  const changes = (await changesOf(here)).flatMap(({ rowLimit: changed }) => changed ?? []);
  expect(changes).toHaveLength(6);
  expect(changes.at(-1)).toMatchObject({ to: rowLimit });
  expect(isOverLimit).toBe((rowLimit ?? Infinity) < 4);
  const written = await add(here).then(
    () => true,
    () => false,
  );
  expect(written).toBe(!isOverLimit);
});

test("a limit that is set while its pool takes no connections counts when it takes them again", async () => {
  const here = await homes.onboard("a pool");
  for (let n = 0; n < 2; n++) await add(here);
  const { databaseName } = await poolRow();
  await postgres.ask(`ALTER DATABASE ${databaseName} ALLOW_CONNECTIONS false`);
  await postgres.ask(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${databaseName}'`,
  );
  await setLimits(homes.owner, { environment: here.environment.id, rowLimit: 1 });
  await world.settle();
  expect(await placementOf(here)).toMatchObject({ rowLimit: 1, isOverLimit: false });
  await postgres.ask(`ALTER DATABASE ${databaseName} ALLOW_CONNECTIONS true`);
  // That a connection was ended may be told to whoever uses it first.
  await vi.waitFor(sample, 10_000);
  expect(await placementOf(here)).toMatchObject({ rowCount: 2, isOverLimit: true });
  await expect(add(here)).rejects.toMatchObject({ code: "limit" });
});

test.each(badLimits)("a limit that is $title is refused beside its field", ({ asked, message }) => {
  const environment = crypto.randomUUID();
  const parsed = SetLimits.safeParse({ environment, ...asked });
  expect(parsed.error?.issues).toMatchObject([{ path: [Object.keys(asked)[0]], message }]);
});

test("the largest limits that there are reach the pool", async () => {
  const here = await homes.onboard("a pool");
  await limit(here, { storageLimitMb: mostStorageMb, rowLimit: mostRows });
  await sample();
  expect(await placementOf(here)).toMatchObject({ rowLimit: mostRows, rowCount: 0, isOverLimit: false });
  await add(here);
});

test.each(dedicatedLimits)(
  "in $placement, a limit of $title is $outcome",
  async ({ placement, asked, refusal }) => {
    const here = await homes.onboard(placement);
    const before = await placementOf(here);
    if (refusal === null) {
      await limit(here, asked);
      expect(await placementOf(here)).toMatchObject(asked);
      expect(await ordersOf(here)).toBe(0);
      await add(here);
      return;
    }
    await expect(limit(here, asked)).rejects.toMatchObject({ code: "precondition", message: refusal });
    expect(await placementOf(here)).toEqual(before);
    expect(await changesOf(here)).toEqual([]);
  },
);

test("a file hears of its storage limit while it is open", async () => {
  const here = await homes.onboard("a file");
  await limit(here, { storageLimitMb: 1 });
  const fill = async () => {
    for (let n = 0; n < 30; n++)
      await run(
        here,
        "INSERT INTO students (id, local_number, first_name, last_name) VALUES ($1, $2, $3, 'L')",
        [crypto.randomUUID(), crypto.randomUUID(), "x".repeat(100_000)],
      );
  };
  await expect(fill()).rejects.toMatchObject({ code: "limit", status: 429 });
  await limit(here, { storageLimitMb: 100 });
  // The data server looks for changes five times a second.
  await vi.waitFor(fill, { timeout: 10_000, interval: 50 });
});

test("only operators set and see limits by themselves, and none for what is not in service", async () => {
  const here = await homes.onboard("a pool");
  const { id: environment } = here.environment;
  const outsider = await world.person("Else", { isOperator: true });
  expect(await getLimits(outsider, { environment })).toMatchObject({ id: environment, rowLimit: null });
  for (const refused of [
    setLimits(world.ann, { environment, rowLimit: 5 }),
    getLimits(world.ann, { environment }),
    setLimits(outsider, { environment: crypto.randomUUID(), rowLimit: 5 }),
  ])
    await expect(refused).rejects.toMatchObject({ code: "not_found" });
  await archiveEnvironment(here, { environment, reason: "Done" });
  await limit(here, { rowLimit: 5 });
  await deleteEnvironment(here, { environment, confirm: here.environment.slug });
  await expect(limit(here, { rowLimit: 6 })).rejects.toMatchObject({
    code: expect.stringMatching(/precondition|not_found/),
  });
});
