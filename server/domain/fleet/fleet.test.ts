import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { checkFindings } from "@/server/domain/findings/check";
import { parseTiles } from "@/components/fleet/map-tiles";
import type { UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { getFleetMap } from "./map";
import { getFleetOverview } from "./overview";

let world: World;
let operator: UserContext;
let ann: UserContext;

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  ann = await world.person("Ann");
});
afterAll(() => world.end());

async function failedOperation(finishedAt: Date): Promise<string> {
  const id = newId();
  const actor = { actorKind: "system", actorId: null, actorLabel: "Freehold", requestId: newId() };
  await world.db.insert(operation).values({
    ...actor,
    id,
    saga: "reconcile",
    status: "failed",
    subject: "Registry and databases",
    input: {},
    error: "The disk is full.",
    runAfter: 0,
    createdAt: finishedAt,
    finishedAt,
  });
  return id;
}

test("an empty fleet has nothing to show", async () => {
  expect(await getFleetOverview(operator)).toMatchObject({
    organizations: { total: 0, fresh: 0 },
    environments: { total: 0, by: {} },
    databases: { total: 0, bytes: 0 },
    operations: { running: 0, failed: 0 },
    failures: [],
    findings: { total: 0, by: {}, checkedAt: null },
  });
  expect(await getFleetMap(operator)).toEqual({ lines: "", total: 0 });
});

test("everything is counted, with failures of the last day only", async () => {
  const { environment: prod } = await world.organization(ann, "Acme");
  await world.organization(ann, "Umbrella");
  await world.settle();
  await world.db.update(environment).set({ status: "suspended" }).where(eq(environment.id, prod.id));
  await world.db
    .update(environmentDatabase)
    .set({ storageUsedBytes: 5_000_000 })
    .where(eq(environmentDatabase.environmentId, prod.id));
  const recent = await failedOperation(new Date(Date.now() - 3600_000));
  await failedOperation(new Date(Date.now() - 25 * 3600_000));
  await checkFindings(operator);
  const queued = await getFleetOverview(operator);
  expect(queued.operations).toEqual({ running: 1, failed: 1 });
  await world.settle();
  const overview = await getFleetOverview(operator);
  expect(overview).toMatchObject({
    organizations: { total: 2, fresh: 2 },
    environments: { total: 2, by: { active: 1, suspended: 1 } },
    operations: { running: 0, failed: 1 },
    failures: [{ id: recent, title: "Compare registry and databases", error: "The disk is full." }],
    findings: { total: 0 },
  });
  expect(overview.clusters.fullest[0]).toMatchObject({ slug: "files", state: "active", databaseCount: 2 });
  expect(overview.databases.total).toBe(2);
  expect(overview.databases.bytes).toBeGreaterThan(5_000_000);
  expect(overview.findings.checkedAt).toBeInstanceOf(Date);
});

test("the map names each database, the newest first", async () => {
  const { lines, total } = await getFleetMap(operator);
  expect(total).toBe(2);
  expect(parseTiles(lines)).toMatchObject([
    { organization: "umbrella", environment: "prod", status: "active", cluster: "files" },
    { organization: "acme", environment: "prod", status: "suspended", bytes: 5_000_000 },
  ]);
});

test("the fleet does not exist for anyone but operators", async () => {
  await expect(getFleetOverview(ann)).rejects.toMatchObject({ code: "not_found" });
  await expect(getFleetMap(ann)).rejects.toMatchObject({ code: "not_found" });
});
