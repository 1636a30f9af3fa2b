import { cpSync, linkSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { addCluster } from "@/server/domain/clusters/add";
import { AddCluster } from "@/server/domain/clusters/schema";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { databaseNameFor } from "@/server/kernel/database-name";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { environmentId, newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { listFindings } from "./list";
import { reconcile } from "./reconcile";
import { ListFindings } from "./schema";

let world: World;
let operator: UserContext;
let acme: OrganizationContext;
let next = 0;

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  acme = (await world.organization(operator, "Acme")).ctx;
  await world.settle();
});
afterAll(() => world.end());

const root = () => join(world.directory, "databases");
const fileOf = (id: string) => join(root(), `${databaseNameFor(environmentId(id))}.db`);

async function create(): Promise<{ id: string; slug: string }> {
  const slug = `e-${next++}`;
  const input = { organization: acme.organization.slug, name: slug, slug, envType: "test" as const };
  return { id: (await createEnvironment(acme, input)).environment.id, slug };
}

async function remove({ id, slug }: { id: string; slug: string }): Promise<void> {
  await deleteEnvironment(await world.inEnvironment(operator, id), { environment: id, confirm: slug });
}

async function found(): Promise<string[]> {
  await reconcile({ ...operator, drivers: world.drivers });
  const { items } = await listFindings(operator, ListFindings.parse({ limit: 100 }));
  return items.map(({ kind, databaseName }) => `${kind} ${databaseName}`).toSorted();
}

/** As if it had happened an hour ago. */
async function longAgo(id: string): Promise<void> {
  const provisionedAt = new Date(Date.now() - 3_600_000);
  await world.db
    .update(environmentDatabase)
    .set({ provisionedAt })
    .where(eq(environmentDatabase.environmentId, id));
}

test("where registry and files agree there is nothing to find", async () => {
  expect(await found()).toEqual([]);
});

test("what is created and deleted while it looks is not a finding", async () => {
  for (let round = 0; round < 15; round++) {
    const there = await Promise.all([create(), create(), create()]);
    await world.settle();
    const churn = (async () => {
      await Promise.all([...there.map(remove), create(), create()]);
      await world.settle();
    })();
    expect(await found()).toEqual([]);
    await churn;
  }
  expect(await found()).toEqual([]);
});

test("a file that is gone, foreign, nobody's or unfinished is found, and left as it is", async () => {
  const [gone, foreign, damaged] = [await create(), await create(), await create()];
  await world.settle();
  for (const { id } of [gone, foreign, damaged]) await longAgo(id);
  rmSync(fileOf(gone.id));
  cpSync(fileOf(damaged.id), fileOf(foreign.id));
  writeFileSync(fileOf(damaged.id), "not a database");
  const orphan = newId();
  await (
    await world.files()
  ).createDatabase({
    tenant: environmentId(orphan),
    databaseName: databaseNameFor(environmentId(orphan)),
  });
  const unfinished = join(root(), "tmp", `${databaseNameFor(environmentId(newId()))}.0123456789abcdef`);
  writeFileSync(unfinished, "");
  mkdirSync(join(root(), "strange"));
  linkSync(fileOf(orphan), join(root(), "linked"));
  for (const path of [unfinished, join(root(), "strange"), join(root(), "linked")]) utimesSync(path, 0, 0);

  const name = (id: string) => databaseNameFor(environmentId(id));
  const all = await found();
  expect(all).toContain(`missing ${name(gone.id)}`);
  expect(all).toContain(`damaged ${name(foreign.id)}`);
  expect(all).toContain(`damaged ${name(damaged.id)}`);
  expect(all).toContain(`orphan ${name(orphan)}`);
  expect(all).toContain("leftover strange");
  expect(all).toContain("leftover linked");
  expect(all.filter((line) => line.startsWith("leftover "))).toHaveLength(3);
  expect(await found()).toEqual(all);
});

test("a cluster that is away is a finding, and keeps nobody from comparing the others", async () => {
  const { cluster: away } = await addCluster(
    operator,
    AddCluster.parse({
      name: "Away",
      slug: "away",
      driver: "postgres",
      region: "us-east",
      adminUrl: "postgresql://a:b@127.0.0.1:1/postgres",
      allowPrivateNetwork: true,
    }),
  );
  await world.db.update(cluster).set({ state: "active" }).where(eq(cluster.id, away.id));
  expect(await found()).toContain("unreachable away");
});
