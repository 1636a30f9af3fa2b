import { describe, expect, onTestFinished, test } from "vitest";
import { environmentId, newId } from "@/server/kernel/ids";
import { databaseNameFor } from "@/server/kernel/database-name";
import type { DatabaseIdentity, ListedDatabase, TenantDriver } from "./driver";

/** A tenant that no other test knows, and the name of its database. */
export function newIdentity(): DatabaseIdentity {
  const tenant = environmentId(newId());
  return { tenant, databaseName: databaseNameFor(tenant) };
}

export async function listAll(driver: TenantDriver): Promise<ListedDatabase[]> {
  return Array.fromAsync(driver.listDatabases());
}

const badNames = [
  "",
  ".",
  "..",
  "../env_00000000000040008000000000000000",
  "%2e%2e%2fenv_00000000000040008000000000000000",
  "env_00000000000040008000000000000000\0.db",
  "env_00000000000040008000000000000000/../x",
  "env_00000000000040008000000000000000\\x",
  "ENV_00000000000040008000000000000000",
  "env_00000000000040008000000000000000\n",
  "env_" + "0".repeat(300),
  "CON",
  "env_．．",
];

const badTenants = [
  "",
  "tenant",
  "00000000-0000-4000-8000-00000000000",
  "00000000-0000-4000-8000-000000000000x",
  "' OR 1=1 --",
];

/** What every driver promises. `make` gives a driver of the test's own, with nothing in it. */
export function testDriver(name: string, make: () => TenantDriver | Promise<TenantDriver>): void {
  async function fresh(): Promise<TenantDriver> {
    const driver = await make();
    onTestFinished(() => driver.close());
    return driver;
  }

  describe(`the ${name} driver creates`, () => creating(fresh));
  describe(`the ${name} driver drops`, () => dropping(fresh));
  describe(`the ${name} driver looks`, () => looking(fresh));
  describe(`the ${name} driver refuses`, () => refusing(fresh));
}

function creating(fresh: () => Promise<TenantDriver>): void {
  test("a database that is there, stamped and migrated, when it returns", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    const { url } = await driver.createDatabase(identity);
    expect(URL.canParse(url)).toBe(true);
    const verified = await driver.verifyDatabase(identity);
    expect(verified.schemaVersion).toBeGreaterThan(0);
    expect(verified.sizeBytes).toBeGreaterThan(0);
  });

  test("the same endpoint twice, and keeps what is there", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    const first = await driver.createDatabase(identity);
    const { stamp } = await driver.inspectDatabase(identity);
    expect(await driver.createDatabase(identity)).toEqual(first);
    expect((await driver.inspectDatabase(identity)).stamp).toEqual(stamp);
  });

  test("one database when asked eight times at once", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    const endpoints = await Promise.all(Array.from({ length: 8 }, () => driver.createDatabase(identity)));
    expect(new Set(endpoints.map(({ url }) => url)).size).toBe(1);
    expect(await listAll(driver)).toMatchObject([{ ...identity, problem: null }]);
  });

  test("fifty databases at once, each its tenant's own", async () => {
    const driver = await fresh();
    const identities = Array.from({ length: 50 }, newIdentity);
    await Promise.all(identities.map((identity) => driver.createDatabase(identity)));
    await Promise.all(identities.map((identity) => driver.verifyDatabase(identity)));
    const listed = await listAll(driver);
    expect(listed.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(new Set(listed.map(({ tenant }) => tenant))).toEqual(
      new Set(identities.map(({ tenant }) => tenant)),
    );
    expect(listed).toHaveLength(50);
  });

  test("nothing when it is told in the last moment that it is too late", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    await expect(driver.createDatabase(identity, tooLate)).rejects.toThrow("too late");
    expect((await listAll(driver)).filter(({ isLeftover }) => !isLeftover)).toEqual([]);
    await driver.createDatabase(identity);
    await expect(driver.verifyDatabase(identity)).resolves.toBeDefined();
  });

  test("nothing over another tenant's database", async () => {
    const driver = await fresh();
    const owner = newIdentity();
    await driver.createDatabase(owner);
    const thief = { tenant: newIdentity().tenant, databaseName: owner.databaseName };
    await expect(driver.createDatabase(thief)).rejects.toMatchObject({ code: "conflict" });
    await expect(driver.verifyDatabase(owner)).resolves.toBeDefined();
  });
}

const tooLate = () => Promise.reject(new Error("This is too late."));

function dropping(fresh: () => Promise<TenantDriver>): void {
  test("a database, once and again", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    await driver.createDatabase(identity);
    await driver.dropDatabase(identity);
    expect(await listAll(driver)).toEqual([]);
    await driver.dropDatabase(identity);
  });

  test("what never was without a word", async () => {
    const driver = await fresh();
    await driver.dropDatabase(newIdentity());
    expect(await listAll(driver)).toEqual([]);
  });

  test("nothing that is another tenant's", async () => {
    const driver = await fresh();
    const owner = newIdentity();
    await driver.createDatabase(owner);
    const thief = { tenant: newIdentity().tenant, databaseName: owner.databaseName };
    await expect(driver.dropDatabase(thief)).rejects.toMatchObject({ code: "conflict" });
    await expect(driver.verifyDatabase(owner)).resolves.toBeDefined();
  });

  test("nothing when it is told in the last moment that it is too late", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    await driver.createDatabase(identity);
    await expect(driver.dropDatabase(identity, tooLate)).rejects.toThrow("too late");
    await expect(driver.verifyDatabase(identity)).resolves.toBeDefined();
  });

  test("a database whose name can then be created anew", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    await driver.createDatabase(identity);
    await driver.dropDatabase(identity);
    await driver.createDatabase(identity);
    await expect(driver.verifyDatabase(identity)).resolves.toBeDefined();
  });
}

function looking(fresh: () => Promise<TenantDriver>): void {
  test("at a missing database without creating it", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    const refusal = { code: "precondition", message: "The database is missing." };
    await expect(driver.verifyDatabase(identity)).rejects.toMatchObject(refusal);
    await expect(driver.inspectDatabase(identity)).rejects.toMatchObject(refusal);
    expect(await listAll(driver)).toEqual([]);
  });

  test("at no tenant's database from next door", async () => {
    const driver = await fresh();
    const owner = newIdentity();
    await driver.createDatabase(owner);
    const neighbour = { tenant: newIdentity().tenant, databaseName: owner.databaseName };
    const refusal = { code: "precondition", message: "The database belongs to another environment." };
    await expect(driver.verifyDatabase(neighbour)).rejects.toMatchObject(refusal);
    await expect(driver.inspectDatabase(neighbour)).rejects.toMatchObject(refusal);
  });

  test("at the stamp and the system tables of a new database", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    const before = Date.now();
    await driver.createDatabase(identity);
    const facts = await driver.inspectDatabase(identity);
    expect(facts.stamp.tenant).toBe(identity.tenant);
    expect(facts.stamp.stampedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(facts.stamp.stampedAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect(facts.tables).toEqual([
      { name: "sys_migration", rows: facts.schemaVersion, rowsAreExact: true, system: true },
      { name: "sys_package_installation", rows: 0, rowsAreExact: true, system: true },
      { name: "sys_stamp", rows: 1, rowsAreExact: true, system: true },
    ]);
    expect(facts.tablesAreComplete).toBe(true);
    expect(facts.engine).toMatch(/\d/);
  });
}

function refusing(fresh: () => Promise<TenantDriver>): void {
  test.each(badNames)("the name %j, and makes nothing", async (databaseName) => {
    const driver = await fresh();
    const identity = { tenant: newIdentity().tenant, databaseName };
    await expect(driver.createDatabase(identity)).rejects.toMatchObject({ code: "invalid" });
    await expect(driver.dropDatabase(identity)).rejects.toMatchObject({ code: "invalid" });
    await expect(driver.verifyDatabase(identity)).rejects.toMatchObject({ code: "invalid" });
    await expect(driver.inspectDatabase(identity)).rejects.toMatchObject({ code: "invalid" });
    expect(await listAll(driver)).toEqual([]);
  });

  test.each(badTenants)("the tenant %j, and makes nothing", async (tenant) => {
    const driver = await fresh();
    const identity = { tenant: environmentId(tenant), databaseName: newIdentity().databaseName };
    await expect(driver.createDatabase(identity)).rejects.toMatchObject({ code: "invalid" });
    expect(await listAll(driver)).toEqual([]);
  });

  test("everything once it is closed", async () => {
    const driver = await fresh();
    const identity = newIdentity();
    await driver.createDatabase(identity);
    await driver.close();
    await driver.close();
    await expect(driver.verifyDatabase(identity)).rejects.toThrow("closed");
    await expect(driver.createDatabase(identity)).rejects.toThrow("closed");
  });
}
