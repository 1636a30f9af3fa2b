import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { newIdentity } from "@/server/drivers/driver.contract";
import { readFolder } from "@/server/packages/folder";
import { readPackage } from "@/server/packages/read";
import { withPostgres } from "@/server/testing/postgres";
import { scratchDriver } from "@/server/testing/sqlite-files";

const postgres = withPostgres();
const folder = resolve("examples/packages");
const names = readdirSync(folder);
const read = async (name: string) => (await readPackage(readFolder(join(folder, name)))).release;

test("all examples live beside each other in one Postgres database, each in its schema", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  for (const name of names) await driver.installPackage(identity, await read(name));
  const installed = await driver.listInstallations(identity);
  expect(installed.map(({ status }) => status)).toEqual(names.map(() => "installed"));
});

test.each([
  ["a district's services", names.filter((name) => name !== "auth" && name !== "backend")],
  ["auth and backend", ["auth", "backend"]],
])("%s live beside each other in one SQLite database", async (_, chosen) => {
  const { driver } = scratchDriver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  for (const name of chosen) await driver.installPackage(identity, await read(name));
  expect(await driver.listInstallations(identity)).toHaveLength(chosen.length);
});

test("where a name is taken in SQLite, the second package is refused with the name and nothing is half there", async () => {
  const { driver } = scratchDriver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  await driver.installPackage(identity, await read("identity"));
  await expect(driver.installPackage(identity, await read("auth"))).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("table roles already exists"),
  });
  expect(await driver.listInstallations(identity)).toMatchObject([{ package: "com.example.identity" }]);
});
