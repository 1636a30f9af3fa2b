import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import type { CredentialScope, Login, TenantDriver } from "@/server/drivers/driver";
import { newIdentity } from "@/server/drivers/driver.contract";
import { testLogins } from "@/server/drivers/logins.contract";
import { newId } from "@/server/kernel/ids";
import { connectLibsql } from "@/server/testing/libsql";
import { openTurso } from "@/server/testing/turso/double";
import { tursoName } from "./names";

testLogins("turso", {
  make: async () => (await openTurso()).driver(),
  connect: connectLibsql,
  systemTable: "sys_migration",
  except: {
    "is refused after its time": "A token whose time is over is not made at all.",
    "may do what its scope says, and nothing else":
      "Full access is one, so readwrite changes the schema too.",
    "reads Freehold's own tables and writes none of them": "Full access writes every table.",
    "is out while its database is suspended, and in again afterwards":
      "Reading is blocked for Freehold as well.",
  },
});

const day = 86_400_000;

async function world() {
  const turso = await openTurso();
  const driver = turso.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const database = turso.cloud.databases.get(tursoName(identity.databaseName))!;
  const issue = (scope: CredentialScope, expiresAt: Date | null = null) =>
    issueWith(driver, { identity, scope, expiresAt });
  const open = (login: Login) => connectLibsql(driver.address(identity, login.credentialId), login);
  const works = async (login: Login) =>
    (await open(login)).query("SELECT 1").then(
      () => true,
      () => false,
    );
  return { turso, driver, identity, database, issue, open, works };
}

async function issueWith(
  driver: TenantDriver,
  given: { identity: ReturnType<typeof newIdentity>; scope: CredentialScope; expiresAt: Date | null },
): Promise<Login> {
  const { identity, scope, expiresAt } = given;
  const request = { credentialId: newId(), audience: "direct" as const, scope, expiresAt };
  return { ...request, secret: await driver.mintSecret(identity, request) };
}

test.each([
  ["in 30 days when nobody said when", null, 30 * day],
  ["when it was said", day, day],
  ["when it was said, far off as it is", 400 * day, 400 * day],
  ["when it was said, soon as it is", 61_000, 61_000],
])("a token ends %s", async (_, inMs, expectedMs) => {
  const { issue } = await world();
  const login = await issue("readwrite", inMs === null ? null : new Date(Date.now() + inMs));
  const end = decodeJwt(login.secret.reveal()).exp! * 1_000;
  const wanted = Date.now() + expectedMs;
  expect(end).toBeLessThanOrEqual(wanted + 5_000);
  expect(end).toBeGreaterThan(wanted - 30_000);
});

test("a token whose time is over is not made", async () => {
  const { issue } = await world();
  const refusal = { code: "precondition", message: "This credential would have expired already." };
  await expect(issue("readonly", new Date(Date.now() - 1_000))).rejects.toMatchObject(refusal);
  await expect(issue("readonly", new Date(Date.now() + 500))).rejects.toMatchObject(refusal);
});

test("a token without an end is not passed on", async () => {
  const { database, issue } = await world();
  const { sign } = database.signer;
  database.signer.sign = (authorization) => sign(authorization, null);
  await expect(issue("readonly")).rejects.toThrow("does not end when it should");
});

test("a token is refused by the database once its time is over", async () => {
  const { turso, driver, identity, issue, works } = await world();
  const login = await issue("readwrite", new Date(Date.now() + day));
  expect(await works(login)).toBe(true);
  turso.cloud.aheadMs = day + 1_000;
  expect(await works(login)).toBe(false);
  await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
});

test("a read-only token writes nothing, and both others may change the schema", async () => {
  const { issue, open } = await world();
  const reader = await open(await issue("readonly"));
  await expect(reader.query("CREATE TABLE item (id)")).rejects.toThrow();
  await expect(reader.query("DELETE FROM sys_stamp")).rejects.toThrow();
  await (await open(await issue("readwrite"))).query("CREATE TABLE item (id)");
  await (await open(await issue("admin"))).query("DROP TABLE item");
  expect(await reader.query("SELECT id FROM sys_stamp")).toEqual([{ id: 1 }]);
});

test("ending one login ends every login of the database, and none next door", async () => {
  const { driver, identity, issue, works } = await world();
  const neighbour = newIdentity();
  await driver.createDatabase(neighbour);
  const logins = [await issue("readonly"), await issue("readwrite"), await issue("admin")];
  const next = await issueWith(driver, { identity: neighbour, scope: "admin", expiresAt: null });
  await driver.revokeLogin(identity, logins[0]!.credentialId);
  expect(await Promise.all(logins.map(works))).toEqual([false, false, false]);
  await driver.verifyLogin(neighbour, next);
  expect(await works(await issue("readonly"))).toBe(true);
});

test("logins are ended when it is said, however late Turso's hosts hear of it", async () => {
  const { turso, driver, identity, issue, works } = await world();
  const login = await issue("admin");
  turso.cloud.lag.data = 6;
  await driver.revokeLogin(identity, login.credentialId);
  expect(await works(login)).toBe(false);
  const next = await issue("admin");
  expect(await works(next)).toBe(true);
});

test("a suspension holds when it is said, and so does its end", async () => {
  const { turso, driver, identity, issue, works } = await world();
  const login = await issue("admin");
  turso.cloud.lag.data = 6;
  await driver.suspendDatabase(identity);
  await driver.suspendDatabase(identity);
  expect(await works(login)).toBe(false);
  await driver.resumeDatabase(identity);
  await driver.resumeDatabase(identity);
  expect(await works(login)).toBe(true);
  await driver.verifyLogin(identity, login);
});

test("a suspended database cannot be looked into, is listed as its tenant's and can be dropped", async () => {
  const { driver, identity, issue } = await world();
  const login = await issue("admin");
  await driver.suspendDatabase(identity);
  const refusal = { code: "precondition", message: expect.stringContaining("suspended") as string };
  await expect(driver.verifyDatabase(identity)).rejects.toMatchObject(refusal);
  await expect(driver.inspectDatabase(identity)).rejects.toMatchObject(refusal);
  await expect(driver.createDatabase(identity)).rejects.toMatchObject(refusal);
  await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject(refusal);
  expect(await Array.fromAsync(driver.listDatabases())).toMatchObject([{ ...identity, problem: null }]);
  await driver.dropDatabase(identity);
  expect(await Array.fromAsync(driver.listDatabases())).toEqual([]);
});

test("logins of a database that is not there end without a word, and it cannot be suspended", async () => {
  const { driver } = await world();
  const nowhere = newIdentity();
  await driver.revokeLogin(nowhere, newId());
  const refusal = { code: "precondition", message: "The database is missing." };
  await expect(driver.suspendDatabase(nowhere)).rejects.toMatchObject(refusal);
  await expect(driver.resumeDatabase(nowhere)).rejects.toMatchObject(refusal);
  const request = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "admin" as const,
    expiresAt: null,
  };
  await expect(driver.mintSecret(nowhere, request)).rejects.toMatchObject(refusal);
});

test("no login is made, ended or blocked for a tenant whose database it is not", async () => {
  const { driver, identity, issue, works } = await world();
  const login = await issue("admin");
  const thief = { tenant: newIdentity().tenant, databaseName: identity.databaseName };
  const request = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "admin" as const,
    expiresAt: null,
  };
  const refusal = { code: "precondition", message: "The database belongs to another environment." };
  await expect(driver.mintSecret(thief, request)).rejects.toMatchObject(refusal);
  await expect(driver.revokeLogin(thief, newId())).rejects.toMatchObject(refusal);
  await expect(driver.suspendDatabase(thief)).rejects.toMatchObject(refusal);
  expect(await works(login)).toBe(true);
});

test("a tenant that changes its stamp gets no neighbour's database, and cannot keep its own", async () => {
  const { driver, identity, issue, open } = await world();
  const neighbour = newIdentity();
  await driver.createDatabase(neighbour);
  const owner = await open(await issue("admin"));
  await owner.query(`UPDATE sys_stamp SET tenant_id = '${neighbour.tenant}'`);
  await expect(driver.verifyDatabase(identity)).rejects.toMatchObject({ code: "precondition" });
  await driver.verifyDatabase(neighbour);
  await driver.dropDatabase(identity);
  expect(await Array.fromAsync(driver.listDatabases())).toMatchObject([neighbour]);
});
