import { eq } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { pool } from "@/drizzle/control/schema/pools";
import { openServicePool, withTenant } from "@/sdk/postgres/with-tenant";
import { getDbInfo } from "@/server/connect/db-info";
import { addCluster } from "@/server/domain/clusters/add";
import { issueCredential } from "@/server/domain/credentials/issue";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { getEnvironment } from "@/server/domain/environments/get";
import { previewEnvironment } from "@/server/domain/environments/preview";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import type { PreviewEnvironment } from "@/server/domain/environments/schema";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { poolNameFor } from "@/server/kernel/database-name";
import { newId } from "@/server/kernel/ids";
import { sampleOnce } from "@/server/pool-watch";
import { SharedInfo } from "@/server/testing/connect-answers";
import { packageFiles } from "@/server/testing/packages";
import { withPostgres } from "@/server/testing/postgres";
import { workOff, workUntil } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { listInstalled } from "@/server/domain/packages/list-installed";
import { ListInstalled } from "@/server/domain/packages/schema";
import { installPackage } from "@/server/domain/packages/install";
import { publishPackage } from "@/server/domain/packages/publish";
import { addPool } from "./add";
import { getPool } from "./get";
import { installInPool } from "./install";
import { removePool } from "./remove";
import { setPoolState } from "./set-state";

const postgres = withPostgres();
let world: World;
let operator: UserContext;
let acme: OrganizationContext;
let poolId: string;

const students = { name: "com.example.students", version: "1.0.0", schema: "school" };
const firstStep = { "0001_student.sql": "CREATE TABLE student (id int PRIMARY KEY, name text NOT NULL);" };

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  acme = (await world.organization(operator, "Acme")).ctx;
  const place = { name: "East", slug: "east", driver: "postgres", region: "us-east" } as const;
  const { cluster } = await addCluster(operator, {
    ...place,
    capacity: null,
    labels: {},
    adminUrl: postgres.adminUrl().reveal(),
    allowPrivateNetwork: true,
  });
  await workOff(world);
  const input = { name: "Schools", slug: "schools", cluster: cluster.id, capacity: null };
  poolId = (await addPool(operator, input)).pool.id;
  await workOff(world);
  await publishPackage(operator, packageFiles(students, firstStep));
  await installInPool(operator, { pool: poolId, package: students.name });
  await workOff(world);
}, 60_000);
afterAll(async () => {
  await world.end();
});

async function onboard(slug: string): Promise<EnvironmentContext> {
  const input = { organization: "acme", name: slug, slug, envType: "test", isolation: "shared" } as const;
  const { environment: made } = await createEnvironment(acme, input);
  await workOff(world);
  return world.inEnvironment(operator, made.id);
}

async function infoOf({ environment: { id } }: EnvironmentContext, credentialScope = "readwrite" as const) {
  const service = {
    id: newId(),
    name: "Orders",
    scopes: ["connect" as const],
    credentialScope,
    expiresAt: null,
  };
  return SharedInfo.parse(JSON.parse((await getDbInfo(world.db, service, id)).body));
}

/** What a service does with the answer of the catalog. */
async function as(here: EnvironmentContext, sql: string): Promise<unknown[]> {
  const { url, credential, context } = await infoOf(here);
  const address = new URL(url);
  address.username = credential.username;
  address.password = credential.secret;
  const pool = openServicePool({ connectionString: address.href, ssl: false, max: 1 });
  try {
    const tenant = { tenant: here.environment.id, credentialId: context.credential_id, secret: context.key };
    return await withTenant(pool, tenant, async (own) => (await own.query(sql)).rows);
  } finally {
    await pool.end();
  }
}

const statusOf = async ({ environment: { id } }: EnvironmentContext) =>
  (await world.db.select().from(environment).where(eq(environment.id, id)))[0]?.status;

test("a pool is made with its secrets sealed, and takes tenants by rows alone", async () => {
  expect(await getPool(operator, { pool: poolId })).toMatchObject({ state: "active", operation: null });
  const [a, b] = [await onboard("a"), await onboard("b")];
  expect([await statusOf(a), await statusOf(b)]).toEqual(["active", "active"]);
  const names = await postgres.ask<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE datname ~ '^env_'",
  );
  expect(names).toEqual([]);
  expect((await getPool(operator, { pool: poolId })).tenantCount).toBe(2);
});

test("an environment says which pool it is in, and a preview which it would be in", async () => {
  const here = await onboard("k");
  expect((await getEnvironment(here)).placement).toMatchObject({
    isolation: "shared",
    pool: { id: poolId, slug: "schools" },
    isOverLimit: false,
  });
  const asks = (ctx: OrganizationContext, chosen: Partial<PreviewEnvironment>) =>
    previewEnvironment(ctx, { organization: "acme", slug: "next", ...chosen });
  const shared = { isolation: "shared", pool: "schools", driver: "postgres", refusal: null };
  expect(await asks(acme, { isolation: "shared" })).toMatchObject(shared);
  expect(await asks(acme, {})).toMatchObject({ isolation: "dedicated", pool: null });
  const asOperator = { ...acme, user: { ...acme.user, isOperator: true } };
  expect(await asks(asOperator, { pool: "schools" })).toMatchObject(shared);
  expect(await asks(asOperator, { pool: "schools", isolation: "dedicated" })).toMatchObject({
    isolation: null,
    refusal: expect.stringContaining("A database of its own was asked for"),
  });
  const asMember = { ...acme, user: { ...acme.user, isOperator: false } };
  await expect(asks(asMember, { pool: "schools" })).rejects.toMatchObject({ code: "not_found" });
});

test("what services are told opens the rows of that tenant and of no other", async () => {
  const [a, b] = [await onboard("c"), await onboard("d")];
  await as(a, "INSERT INTO school.student (id, name) VALUES (1, 'Ada')");
  await as(b, "INSERT INTO school.student (id, name) VALUES (1, 'Bea')");
  expect(await as(a, "SELECT name FROM school.student")).toEqual([{ name: "Ada" }]);
  expect(await as(b, "SELECT name FROM school.student")).toEqual([{ name: "Bea" }]);
});

test("a release is for all tenants: those that were there, and those that come", async () => {
  const before = await onboard("i");
  await as(before, "INSERT INTO school.student (id, name) VALUES (1, 'Old')");
  const next = { ...students, version: "1.1.0" };
  const steps = { ...firstStep, "0002_grade.sql": "ALTER TABLE student ADD COLUMN grade int DEFAULT 1;" };
  await publishPackage(operator, packageFiles(next, steps));
  const { operation } = await installInPool(operator, { pool: poolId, package: students.name });
  expect((await getPool(operator, { pool: poolId })).packages).toMatchObject([
    { name: students.name, observed: "1.0.0", status: "installing", operationId: operation.id },
  ]);
  await workOff(world);
  expect((await getPool(operator, { pool: poolId })).packages).toMatchObject([
    { name: students.name, desired: "1.1.0", observed: "1.1.0", status: "installed", operationId: null },
  ]);
  const versions = async () => (await infoOf(before)).schema_versions;
  await expect.poll(versions).toEqual({ [students.name]: "1.1.0" });
  expect(await as(before, "SELECT name, grade FROM school.student")).toEqual([{ name: "Old", grade: 1 }]);
  const after = await onboard("j");
  expect(await as(after, "SELECT grade FROM school.student")).toEqual([]);
  const page = await listInstalled(after, ListInstalled.parse({ environment: after.environment.id }));
  expect(page.items).toMatchObject([{ package: students.name, observedVersion: "1.1.0" }]);
  const alone = { environment: after.environment.id, package: students.name };
  await expect(installPackage(after, alone)).rejects.toMatchObject({ code: "precondition" });
});

test("a release that cannot be made safe fails with its reason, and leaves the pool as it was", async () => {
  const broken = { name: "com.example.broken", version: "1.0.0", schema: "broken" };
  const files = packageFiles(broken, { "0001_notes.sql": "CREATE TABLE notes (body text);" });
  await publishPackage(operator, files);
  await installInPool(operator, { pool: poolId, package: broken.name });
  await workOff(world);
  const found = (await getPool(operator, { pool: poolId })).packages.find(({ name }) => name === broken.name);
  expect(found).toMatchObject({
    status: "failed",
    observed: null,
    problem: expect.stringMatching(/notes.*primary key/),
  });
  const left = await postgres.ask("SELECT FROM pg_namespace WHERE nspname = 'broken'", poolNameFor(poolId));
  expect(left).toEqual([]);
});

test("a login of one's own stays inside its tenant, and an admin is refused", async () => {
  const here = await onboard("e");
  await as(here, "INSERT INTO school.student (id, name) VALUES (7, 'Own')");
  const wanted = { environment: here.environment.id, name: "Reports", days: 1 } as const;
  const { connection, secret } = await workUntil(
    world,
    issueCredential(here, { ...wanted, scope: "readonly" }),
  );
  const address = new URL(connection.url);
  address.username = connection.username ?? "";
  address.password = secret ?? "";
  const client = new Client({ connectionString: address.href, ssl: false });
  await client.connect();
  try {
    await client.query(`SET app.current_tenant = '${newId()}'`);
    expect((await client.query("SELECT id, name FROM school.student")).rows).toEqual([
      { id: 7, name: "Own" },
    ]);
    await expect(client.query("DELETE FROM school.student")).rejects.toMatchObject({ code: "42501" });
  } finally {
    await client.end();
  }
  await expect(issueCredential(here, { ...wanted, scope: "admin" })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("a suspended tenant is refused by the database itself, and let in again", async () => {
  const here = await onboard("f");
  const info = await infoOf(here);
  await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
  await workOff(world);
  const address = new URL(info.url);
  address.username = info.credential.username;
  address.password = info.credential.secret;
  const pool = openServicePool({ connectionString: address.href, ssl: false, max: 1 });
  const { credential_id: credentialId, key: secret } = info.context;
  const read = () =>
    withTenant(pool, { tenant: here.environment.id, credentialId, secret }, (own) =>
      own.query("SELECT FROM school.student"),
    );
  await expect(read()).rejects.toMatchObject({ code: "42501" });
  await resumeEnvironment(await world.inEnvironment(operator, here.environment.id));
  await workOff(world);
  await expect(read()).resolves.toBeDefined();
  await pool.end();
});

test("a tenant over the limit that the registry has for it reads on, and writes once it is under it again", async () => {
  const here = await onboard("m");
  const insert = () => as(here, "INSERT INTO school.student (id, name) VALUES (1, 'Own')");
  const many = "SELECT g, md5(g::text) FROM generate_series(2, 30000) AS g";
  await as(here, `INSERT INTO school.student (id, name) ${many}`);
  async function sampleWith(storageLimitMb: number) {
    const isHere = eq(environmentDatabase.environmentId, here.environment.id);
    await world.db.update(environmentDatabase).set({ storageLimitMb }).where(isHere);
    const [row] = await world.db.select().from(pool).where(eq(pool.id, poolId));
    await sampleOnce(world.db, world.drivers, row!);
    return (await getEnvironment(here)).placement;
  }
  expect(await sampleWith(1)).toMatchObject({ isOverLimit: true });
  await expect(insert()).rejects.toMatchObject({ code: "53400" });
  expect(await as(here, "SELECT id FROM school.student WHERE id = 2")).toEqual([{ id: 2 }]);
  expect(await sampleWith(1024)).toMatchObject({ isOverLimit: false });
  await insert();
});

test("a deleted tenant's rows go and its neighbour's stay; an empty pool can be removed", async () => {
  const [gone, stays] = [await onboard("g"), await onboard("h")];
  for (const here of [gone, stays]) await as(here, "INSERT INTO school.student (id, name) VALUES (1, 'x')");
  const count = async () => (await getPool(operator, { pool: poolId })).tenantCount;
  const before = await count();
  await deleteEnvironment(gone, { environment: gone.environment.id, confirm: "g" });
  await workOff(world);
  expect(await count()).toBe(before - 1);
  const rows = await postgres.ask(
    "SELECT FROM school.student WHERE tenant_id = $$" + gone.environment.id + "$$",
    poolNameFor(poolId),
  );
  expect(rows).toEqual([]);
  expect(await as(stays, "SELECT id FROM school.student")).toEqual([{ id: 1 }]);

  await expect(removePool(operator, { pool: poolId })).rejects.toMatchObject({ code: "precondition" });
  await setPoolState(operator, { pool: poolId }, "drain");
  await expect(removePool(operator, { pool: poolId })).rejects.toThrow(/still holds/);
  await expect(onboard("late")).rejects.toMatchObject({ code: "precondition" });
  for (const slug of "abcdefhijkm") {
    const [row] = await world.db.select().from(environment).where(eq(environment.slug, slug));
    const here = await world.inEnvironment(operator, row?.id ?? "");
    await deleteEnvironment(here, { environment: here.environment.id, confirm: slug });
  }
  await workOff(world);
  await removePool(operator, { pool: poolId });
  await workOff(world);
  await expect(getPool(operator, { pool: poolId })).rejects.toMatchObject({ code: "not_found" });
  const left = await postgres.ask("SELECT rolname FROM pg_roles WHERE rolname ~ '^fh[pt]_'");
  expect(left).toEqual([]);
}, 60_000);
