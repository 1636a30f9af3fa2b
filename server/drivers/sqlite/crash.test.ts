import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { recover } from "./fence";
import { scratchDatabase, scratchDirectory, scratchDriver } from "@/server/testing/sqlite-files";

const creation = ["written", "synced", "linked", "cleaned"].map((point) => `sqlite.create.${point}`);
const dropping = ["database", "wal", "shm", "journal", "cleaned"].map((point) => `sqlite.drop.${point}`);

/** Runs a verb in a process of its own, which dies at the failpoint. */
function dieAt(
  failpoint: string,
  directory: string,
  verb: "create" | "create-over-blank" | "drop",
  { tenant }: DatabaseIdentity,
): void {
  const child = spawnSync(
    process.execPath,
    [
      "--import",
      "./scripts/typescript.mjs",
      join(import.meta.dirname, "crash-child.ts"),
      directory,
      verb,
      tenant,
    ],
    { env: { ...process.env, FREEHOLD_FAILPOINT: failpoint }, encoding: "utf8" },
  );
  expect(child.signal, child.stderr).toBe("SIGKILL");
}

/** Runs SQL on a file and dies before anything is tidied up. */
function dieAfter(path: string, sql: string): void {
  const script = `
    const db = new (require("node:sqlite").DatabaseSync)(process.argv[1]);
    db.exec(process.argv[2]);
    process.kill(process.pid, "SIGKILL");`;
  const child = spawnSync(process.execPath, ["-e", script, path, sql], { encoding: "utf8" });
  expect(child.signal, child.stderr).toBe("SIGKILL");
}

/** The same state once more, to recover from it in another way. */
function twinOf(directory: string) {
  const twin = scratchDriver();
  cpSync(directory, twin.directory, { recursive: true });
  return twin;
}

test.each(creation)(
  "a creation that dies at %s is completed by the next one, or undone by dropping",
  async (point) => {
    const { driver, directory } = scratchDriver();
    const identity = newIdentity();
    dieAt(point, directory, "create", identity);
    const twin = twinOf(directory);

    await driver.createDatabase(identity);
    await expect(driver.verifyDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
    expect(await listAll(driver)).toMatchObject([{ ...identity, problem: null }]);
    expect(readdirSync(join(directory, "tmp"))).toEqual([]);

    await twin.driver.dropDatabase(identity);
    expect(await listAll(twin.driver)).toEqual([]);
  },
);

test.each(creation)("a creation over a blank that dies at %s is completed by the next one", async (point) => {
  const { driver, directory } = scratchDriver();
  const identity = newIdentity();
  dieAt(point, directory, "create-over-blank", identity);
  await driver.createDatabase(identity);
  await expect(driver.inspectDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
  expect(await listAll(driver)).toMatchObject([{ ...identity, problem: null }]);
});

test("a creation that dies between its link and the next step is complete for whoever looks", async () => {
  const { driver, directory } = scratchDriver();
  const identity = newIdentity();
  dieAt("sqlite.create.linked", directory, "create", identity);
  await expect(driver.verifyDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
  expect(statSync(join(directory, `${identity.databaseName}.db`)).nlink).toBe(1);
});

test.each(dropping)(
  "a drop that dies at %s is completed by the next one, and nothing of it comes back",
  async (point) => {
    const { driver, directory, identity, path } = await scratchDatabase();
    dieAfter(path, "PRAGMA journal_mode = WAL; CREATE TABLE old (id INTEGER PRIMARY KEY)");
    dieAt(point, directory, "drop", identity);
    expect(existsSync(path)).toBe(false);
    const twin = twinOf(directory);

    await driver.dropDatabase(identity);
    expect(await listAll(driver)).toEqual([]);

    await twin.driver.createDatabase(identity);
    const { tables } = await twin.driver.inspectDatabase(identity);
    expect(tables.map(({ name }) => name)).not.toContain("old");
  },
);

test("what a writer left when it died in a transaction is rolled back", async () => {
  const { driver, identity, path } = await scratchDatabase();
  dieAfter(
    path,
    `PRAGMA cache_size = 1; CREATE TABLE item (id INTEGER PRIMARY KEY, body TEXT); BEGIN;
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO item SELECT i, hex(randomblob(200)) FROM n`,
  );
  expect(statSync(`${path}-journal`).size).toBeGreaterThan(0);
  const { tables } = await driver.inspectDatabase(identity);
  expect(tables.find(({ name }) => name === "item")).toMatchObject({ rows: 0, rowsAreExact: true });
});

test("what a writer committed to the write-ahead log before it died is read", async () => {
  const { driver, identity, path } = await scratchDatabase();
  dieAfter(
    path,
    "PRAGMA journal_mode = WAL; CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1), (2)",
  );
  expect(existsSync(`${path}-wal`)).toBe(true);
  const { tables } = await driver.inspectDatabase(identity);
  expect(tables.find(({ name }) => name === "item")).toMatchObject({ rows: 2, rowsAreExact: true });
});

test("a file that is missing is not made by recovering it", () => {
  const path = join(scratchDirectory(), "missing.db");
  expect(() => recover(path)).toThrow("unable to open");
  expect(existsSync(path)).toBe(false);
});
