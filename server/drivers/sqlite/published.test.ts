import { copyFileSync, linkSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newIdentity } from "@/server/drivers/driver.contract";
import { scratchDatabase, scratchDirectory } from "@/server/testing/sqlite-files";

function execute(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

test("a database that was just made is what any other look at it finds", async () => {
  const { driver, identity } = await scratchDatabase();
  const first = await driver.verifyDatabase(identity);
  expect(await driver.verifyDatabase(identity)).toEqual(first);
  expect(await driver.inspectDatabase(identity)).toMatchObject(first);
});

test("what was written after publishing is seen by the first look", async () => {
  const { driver, identity, path } = await scratchDatabase();
  execute(path, "PRAGMA user_version = 7");
  expect(await driver.verifyDatabase(identity)).toMatchObject({ schemaVersion: 7 });
});

test("what lies in the write-ahead log counts", async () => {
  const { driver, identity, path } = await scratchDatabase();
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA user_version = 7");
  expect(await driver.verifyDatabase(identity)).toMatchObject({ schemaVersion: 7 });
  db.close();
});

const notOurs = "The file in its place is not a Freehold database.";

test.each<[string, (path: string, other: string) => void, string]>([
  ["gone", (path) => unlinkSync(path), "The database is missing."],
  ["another tenant's", (path, other) => copyFileSync(other, path), "belongs to another environment"],
  ["no database", (path) => writeFileSync(path, "hello"), notOurs],
  ["damaged", (path) => writeFileSync(path, Buffer.alloc(32_768, 1), { flag: "r+" }), notOurs],
  ["a file with another name too", (path) => linkSync(path, join(scratchDirectory(), "link")), notOurs],
  [
    "a link",
    (path, other) => {
      unlinkSync(path);
      symlinkSync(other, path);
    },
    notOurs,
  ],
])("a database that is %s right after publishing does not pass", async (_what, tamper, message) => {
  const { driver, identity, path } = await scratchDatabase();
  const other = fileURLToPath((await driver.createDatabase(newIdentity())).url);
  tamper(path, other);
  await expect(driver.verifyDatabase(identity)).rejects.toThrow(message);
});

test("another tenant does not pass with the name of a database that was just made", async () => {
  const { driver, identity } = await scratchDatabase();
  const stranger = { ...identity, tenant: newIdentity().tenant };
  await expect(driver.verifyDatabase(stranger)).rejects.toThrow("belongs to another environment");
});
