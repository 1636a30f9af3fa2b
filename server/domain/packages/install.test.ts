import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentMember } from "@/drizzle/control/schema/environments";
import { schemaVersionsOf } from "./schema-versions";
import { getDatabaseRow } from "@/server/domain/environments/home";
import type { EnvironmentContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { addMember } from "@/server/testing/add-member";
import { attempt, endLease, makeDue, readOperation } from "@/server/testing/attempts";
import { ordersPackage, packageFiles } from "@/server/testing/packages";
import { createWorld, type World } from "@/server/testing/world";
import { deprecatePackage } from "./deprecate";
import { installPackage } from "./install";
import { listInstalled } from "./list-installed";
import { listPackagePlaces } from "./list-places";
import { previewInstall } from "./preview-install";
import { publishPackage } from "./publish";
import { InstallPackage, ListInstalled, ListPackagePlaces } from "./schema";

let world: World;
let olga: UserContext;
let ann: UserContext;
let here: EnvironmentContext;
let there: EnvironmentContext;

beforeAll(async () => {
  world = await createWorld();
  olga = await world.person("Olga", { isOperator: true });
  ann = await world.person("Ann");
  const eve = await world.person("Eve");
  const acme = await world.organization(ann, "Acme");
  const other = await world.organization(eve, "Other");
  while (await attempt(world));
  here = await world.inEnvironment(ann, acme.environment.id);
  there = await world.inEnvironment(eve, other.environment.id);
});
afterAll(() => world.end());

let next = 0;

async function published(version: string) {
  const name = `stock${next++}`;
  await publishPackage(olga, ordersPackage(name, version));
  return { name, full: `com.example.${name}` };
}

const order = (full: string, version?: string, ctx = here) =>
  installPackage(ctx, InstallPackage.parse({ environment: ctx.environment.id, package: full, version }));

async function installed(full: string, version?: string) {
  const ordered = await order(full, version);
  while (await attempt(world));
  return readOperation(world, ordered.operation.id);
}

async function standing(full: string, ctx = here) {
  const page = await listInstalled(
    ctx,
    ListInstalled.parse({ environment: ctx.environment.id, search: full, limit: 100 }),
  );
  return page.items.find((item) => item.package === full);
}

const epochOf = async () =>
  (await world.db.select().from(environment).where(eq(environment.id, here.environment.id)))[0]?.epoch ?? 0;

const entriesOf = async (full: string) =>
  (
    await world.db
      .select({ action: auditEntry.action })
      .from(auditEntry)
      .where(and(eq(auditEntry.subjectLabel, full), eq(auditEntry.chain, here.organization.id)))
  ).map(({ action }) => action);

test("a package is wished for, installed, seen, and heard of", async () => {
  const { full } = await published("1.1.0");
  const epoch = await epochOf();
  const { operation } = await order(full);
  expect(await standing(full)).toMatchObject({
    status: "installing",
    desiredVersion: "1.1.0",
    observedVersion: null,
    operationId: operation.id,
  });
  while (await attempt(world));
  expect((await readOperation(world, operation.id)).status).toBe("succeeded");
  expect(await standing(full)).toMatchObject({
    status: "installed",
    desiredVersion: "1.1.0",
    observedVersion: "1.1.0",
    operationId: null,
    problem: "",
  });
  expect(await epochOf()).toBeGreaterThan(epoch);
  expect(
    await schemaVersionsOf(world.db, { environmentId: here.environment.id, poolId: null }),
  ).toMatchObject({ [full]: "1.1.0" });
  expect(await entriesOf(full)).toEqual(["package.order_install", "package.install"]);
});

test("the next release goes on top, and its preview names what it will run", async () => {
  const { full, name } = await published("1.0.0");
  await installed(full);
  await publishPackage(olga, ordersPackage(name, "1.2.0"));
  const preview = await previewInstall(here, { environment: here.environment.id, package: full });
  expect(preview).toMatchObject({ from: "1.0.0", version: "1.2.0", engine: "sqlite" });
  expect(preview.files.map(({ file }) => file)).toEqual(["0002_lines.sql", "0003_more.sql"]);
  expect((await installed(full)).status).toBe("succeeded");
  expect(await standing(full)).toMatchObject({ observedVersion: "1.2.0" });
});

test("the same again is fine, and one that is under way is a conflict", async () => {
  const { full } = await published("1.0.0");
  const outcomes = await Promise.allSettled([order(full), order(full), order(full)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected")
      expect(outcome.reason).toMatchObject({
        code: "conflict",
        message: expect.stringContaining("under way"),
      });
  while (await attempt(world));
  expect((await installed(full)).status).toBe("succeeded");
});

test("a failure says why, keeps what was there, and the mended release goes on", async () => {
  const { full, name } = await published("1.0.0");
  await installed(full);
  // It is sound where there are no rows, as when it was checked, and not where a tenant has two alike.
  const unique = {
    "0002_lines.sql": `CREATE TABLE ${name}_lines (id text);\nCREATE UNIQUE INDEX ${name}_note ON ${name}_orders (note);`,
  };
  const rows = async (sql: string) => {
    const database = await getDatabaseRow(world.db, here.environment.id);
    const db = new DatabaseSync(join(world.directory, "databases", `${database.databaseName}.db`));
    db.exec(sql);
    db.close();
  };
  await rows(`INSERT INTO ${name}_orders (id, note) VALUES ('a', 'same'), ('b', 'same')`);
  await publishPackage(olga, ordersPackage(name, "1.1.0", unique));
  expect((await installed(full)).status).toBe("failed");
  expect(await standing(full)).toMatchObject({
    status: "failed",
    desiredVersion: "1.1.0",
    observedVersion: "1.0.0",
    problem: expect.stringMatching(/^0002_lines\.sql, line 2: UNIQUE/),
  });
  await rows(`DELETE FROM ${name}_orders WHERE id = 'b'`);
  expect((await installed(full)).status).toBe("succeeded");
  expect(await standing(full)).toMatchObject({ status: "installed", observedVersion: "1.1.0", problem: "" });
  expect(await entriesOf(full)).toEqual([
    "package.order_install",
    "package.install",
    "package.order_install",
    "package.fail",
    "package.order_install",
    "package.install",
  ]);
});

test("a worker that dies in the middle is taken over from", async () => {
  const { full } = await published("1.2.0");
  const { operation } = await order(full);
  const real = await world.files();
  let calls = 0;
  const dying = {
    of: async () => ({
      ...real,
      installPackage: async (...given: Parameters<typeof real.installPackage>) => {
        await real.installPackage(...given);
        if (calls++ === 0) throw new Error("The connection broke.");
      },
    }),
    pool: (id: string) => world.drivers.pool(id),
    close: async () => undefined,
  };
  await attempt(world, { drivers: dying });
  await endLease(world, operation.id);
  await makeDue(world, operation.id);
  while (await attempt(world, { owner: "two" }));
  expect((await readOperation(world, operation.id)).status).toBe("succeeded");
  expect(await standing(full)).toMatchObject({ observedVersion: "1.2.0", status: "installed" });
});

test("what may not be installed is refused before anything is ordered", async () => {
  const { full, name } = await published("1.0.0");
  const postgres = packageFiles(
    { name: `com.example.only${name}`, version: "1.0.0", schema: `only${name}`, engines: ["postgres"] },
    { "0001_a.sql": "CREATE TABLE a (id uuid PRIMARY KEY, b jsonb);" },
  );
  await publishPackage(olga, postgres);
  await expect(order(`com.example.only${name}`)).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("not written for sqlite"),
  });
  await publishPackage(olga, { ...ordersPackage(name, "1.1.0"), draft: true });
  await expect(order(full, "1.1.0")).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("draft"),
  });
  await expect(order(full, "9.9.9")).rejects.toMatchObject({ code: "not_found" });
  await installed(full);
  await publishPackage(olga, ordersPackage(name, "1.2.0"));
  await installed(full);
  await expect(order(full, "1.0.0")).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("does not go back"),
  });
  await deprecatePackage(olga, { package: full, version: "1.2.0", reason: "It loses rows." });
  await expect(order(full, "1.2.0")).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("It loses rows."),
  });
  expect(await standing(full)).toMatchObject({ status: "installed", observedVersion: "1.2.0" });
});

test("one environment's packages are not another's, and operators see all of them", async () => {
  const { full } = await published("1.0.0");
  await installed(full);
  expect(await standing(full, there)).toBeUndefined();
  expect(await schemaVersionsOf(world.db, { environmentId: there.environment.id, poolId: null })).toEqual({});
  const input = ListPackagePlaces.parse({ package: full });
  expect((await listPackagePlaces(olga, input)).items).toMatchObject([
    { organization: here.organization.slug, environment: here.environment.slug, observedVersion: "1.0.0" },
  ]);
  await expect(listPackagePlaces(ann, input)).rejects.toMatchObject({ code: "not_found" });
});

test("makers install, users and viewers look", async () => {
  const { full } = await published("1.0.0");
  const look = { environment: here.environment.id, package: full };
  for (const role of ["env_user", "env_viewer"] as const) {
    const person = await addMember(world, here, `Person ${role}`);
    await world.db.insert(environmentMember).values({
      id: newId(),
      environmentId: here.environment.id,
      organizationId: here.organization.id,
      userId: person.user.id,
      role,
      createdAt: new Date(),
    });
    const ctx = await world.inEnvironment(person, here.environment.id);
    await expect(installPackage(ctx, look)).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewInstall(ctx, look)).rejects.toMatchObject({ code: "forbidden" });
    expect(
      (await listInstalled(ctx, ListInstalled.parse({ environment: here.environment.id }))).total,
    ).toBeGreaterThan(0);
  }
});
