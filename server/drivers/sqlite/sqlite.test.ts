import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { listAll, newIdentity, testDriver } from "@/server/drivers/driver.contract";
import { createSqliteDriver } from "./driver";
import { scratchDatabase, scratchDirectory, scratchDriver } from "@/server/testing/sqlite-files";

testDriver("sqlite", () => scratchDriver().driver);

const modeOf = (path: string) => statSync(path).mode & 0o777;

function withUmask(mask: number): void {
  const before = process.umask(mask);
  onTestFinished(() => void process.umask(before));
}

test.each([0o022, 0o000])(
  "files and directories belong to their owner alone under umask %i",
  async (mask) => {
    withUmask(mask);
    const { directory, path } = await scratchDatabase();
    expect(modeOf(directory)).toBe(0o700);
    expect(modeOf(join(directory, "tmp"))).toBe(0o700);
    expect(modeOf(path)).toBe(0o600);
  },
);

test("a directory that others can read is closed to them", () => {
  const directory = join(scratchDirectory(), "databases");
  mkdirSync(directory, { mode: 0o755 });
  chmodSync(directory, 0o755);
  void createSqliteDriver({ directory });
  expect(modeOf(directory)).toBe(0o700);
});

test("a directory for unpublished files that leads elsewhere is refused", () => {
  const directory = join(scratchDirectory(), "databases");
  const elsewhere = scratchDirectory();
  mkdirSync(directory);
  symlinkSync(elsewhere, join(directory, "tmp"));
  expect(() => createSqliteDriver({ directory })).toThrow("not a link");
});

test("creating leaves one file and nothing beside it", async () => {
  const { directory, identity, path } = await scratchDatabase();
  expect(readdirSync(directory).toSorted()).toEqual([`${identity.databaseName}.db`, "tmp"]);
  expect(readdirSync(join(directory, "tmp"))).toEqual([]);
  expect(statSync(path).nlink).toBe(1);
});

test("a new database is sound, rolls back with a journal and says what it is in its header", async () => {
  const { path, identity } = await scratchDatabase();
  const db = new DatabaseSync(path);
  expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "delete" });
  expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
  expect(db.prepare("SELECT id, tenant_id FROM sys_stamp").all()).toEqual([
    { id: 1, tenant_id: identity.tenant },
  ]);
  db.close();
  expect(readFileSync(path).readUInt32BE(68)).toBe(0x46524545);
});

test("two databases differ in their stamp and the moment, and in nothing else", async () => {
  const { driver, path } = await scratchDatabase();
  const other = newIdentity();
  const { url } = await driver.createDatabase(other);
  const [first, second] = [readFileSync(path), readFileSync(new URL(url))];
  const differing = first.reduce((count, byte, index) => count + (byte === second[index] ? 0 : 1), 0);
  expect(first.length).toBe(second.length);
  expect(differing).toBeLessThanOrEqual(36 + 2 * 6);
});

test("a write-ahead log counts towards the size and is dropped with its database", async () => {
  const { driver, directory, identity, path } = await scratchDatabase();
  const before = await driver.verifyDatabase(identity);
  const db = new DatabaseSync(path);
  db.exec(
    "PRAGMA journal_mode = WAL; CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1)",
  );
  const facts = await driver.inspectDatabase(identity);
  expect(facts.sizeBytes).toBeGreaterThan(before.sizeBytes);
  expect(facts.tables.map(({ name }) => name)).toContain("item");
  await driver.dropDatabase(identity);
  expect(readdirSync(directory)).toEqual(["tmp"]);
  db.close();
});

test("a database does not take over the journals of a dropped one", async () => {
  const { driver, directory } = scratchDriver();
  const identity = newIdentity();
  const path = join(directory, `${identity.databaseName}.db`);
  for (const suffix of ["-wal", "-shm", "-journal"]) writeFileSync(path + suffix, "stale");
  await driver.createDatabase(identity);
  expect(readdirSync(directory).toSorted()).toEqual([`${identity.databaseName}.db`, "tmp"]);
});

test("the list shows strangers, remains and unfinished creations with what is wrong", async () => {
  const { driver, directory, identity } = await scratchDatabase();
  const [dropped, unfinished] = [newIdentity().databaseName, newIdentity().databaseName];
  writeFileSync(join(directory, "notes.txt"), "hello");
  writeFileSync(join(directory, `${dropped}.db-wal`), "");
  writeFileSync(join(directory, "tmp", `${unfinished}.0011`), "half");
  const listed = await listAll(driver);
  const problems = Object.fromEntries(listed.map(({ databaseName, problem }) => [databaseName, problem]));
  expect(problems).toEqual({
    [identity.databaseName]: null,
    "notes.txt": "Freehold did not make this file.",
    [dropped]: "It remained when its database was dropped.",
    [unfinished]: "Its creation did not finish.",
  });
  expect(listed.filter(({ isLeftover }) => !isLeftover)).toMatchObject([identity]);
});

test("creating again removes what an interrupted creation of the same name left", async () => {
  const { driver, directory, identity } = await scratchDatabase();
  const others = `${newIdentity().databaseName}.0011`;
  writeFileSync(join(directory, "tmp", `${identity.databaseName}.0011`), "half");
  writeFileSync(join(directory, "tmp", others), "half");
  await driver.createDatabase(identity);
  expect(readdirSync(join(directory, "tmp"))).toEqual([others]);
});

test("missing migrations stop the first creation, and nothing is left", async () => {
  const directory = join(scratchDirectory(), "databases");
  const driver = createSqliteDriver({ directory, migrationsFolder: dirname(directory) });
  await expect(driver.createDatabase(newIdentity())).rejects.toThrow("holds no migrations");
  expect(await listAll(driver)).toEqual([]);
});
