import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import { openForReading } from "./fence";
import { scratchDatabase } from "@/server/testing/sqlite-files";

const notFreehold = "The file in its place is not a Freehold database.";

describe("a file that was replaced is not opened", () => {
  const replacements: [string, (path: string) => void, string][] = [
    ["a symbolic link", (path) => symlinkSync(moveAside(path), path), notFreehold],
    ["a dangling link", (path) => replaceBy(path, () => symlinkSync("/nonexistent/x.db", path)), notFreehold],
    ["a hard link", (path) => linkSync(path, `${path}.other`), notFreehold],
    ["a FIFO", (path) => replaceBy(path, () => execFileSync("mkfifo", [path])), notFreehold],
    ["a directory", (path) => replaceBy(path, () => mkdirSync(path)), notFreehold],
    ["an empty file", (path) => truncateSync(path, 0), notFreehold],
    [
      "a text",
      (path) => writeFileSync(path, "not a database, but longer than the header of one. ".repeat(20)),
      notFreehold,
    ],
    ["a database of another program", (path) => replaceBy(path, () => makeStranger(path)), notFreehold],
    ["half of it", (path) => truncateSync(path, 6_000), "The database is damaged."],
    ["a linked write-ahead log", (path) => symlinkSync(path, `${path}-wal`), notFreehold],
  ];

  test.each(replacements)("%s", async (_what, replace, message) => {
    const { driver, identity, path } = await scratchDatabase();
    replace(path);
    const refusal = { code: "precondition", message };
    await expect(driver.verifyDatabase(identity)).rejects.toMatchObject(refusal);
    await expect(driver.inspectDatabase(identity)).rejects.toMatchObject(refusal);
    await expect(driver.createDatabase(identity)).rejects.toMatchObject(refusal);
    await expect(driver.dropDatabase(identity)).rejects.toMatchObject(refusal);
    const entry = (await listAll(driver)).find(({ databaseName }) => databaseName === identity.databaseName);
    expect(entry).toMatchObject({ tenant: null, problem: message });
  });

  test("another tenant's file", async () => {
    const { driver, directory, identity, path } = await scratchDatabase();
    const other = newIdentity();
    await driver.createDatabase(other);
    copyFileSync(join(directory, `${other.databaseName}.db`), path);
    await expect(driver.verifyDatabase(identity)).rejects.toThrow(
      "The database belongs to another environment.",
    );
    await expect(driver.createDatabase(identity)).rejects.toMatchObject({ code: "conflict" });
    await expect(driver.dropDatabase(identity)).rejects.toMatchObject({ code: "conflict" });
    expect(existsSync(path)).toBe(true);
  });

  test("any file, once the directory itself leads elsewhere", async () => {
    const { driver, directory, identity } = await scratchDatabase();
    renameSync(directory, `${directory}-moved`);
    symlinkSync(`${directory}-moved`, directory);
    await expect(driver.verifyDatabase(identity)).rejects.toThrow(notFreehold);
  });
});

test("a deleted file stays missing, whatever is asked of it", async () => {
  const { driver, identity, path } = await scratchDatabase();
  rmSync(path);
  await expect(driver.verifyDatabase(identity)).rejects.toThrow("The database is missing.");
  await expect(driver.inspectDatabase(identity)).rejects.toThrow("The database is missing.");
  expect(existsSync(path)).toBe(false);
});

test.each([
  ["deleted", "DELETE FROM sys_stamp"],
  ["of no time", "UPDATE sys_stamp SET created_at = 9223372036854775807"],
  ["of an invalid time", "UPDATE sys_stamp SET created_at = 8640000000000001"],
  ["of no tenant", "UPDATE sys_stamp SET tenant_id = upper(tenant_id)"],
  ["dropped", "DROP TABLE sys_stamp"],
  [
    "doubled",
    "DROP TABLE sys_stamp; CREATE TABLE sys_stamp (tenant_id, created_at); INSERT INTO sys_stamp VALUES ('a', 1), ('b', 1)",
  ],
  ["a view", "ALTER TABLE sys_stamp RENAME TO old; CREATE VIEW sys_stamp AS SELECT * FROM old"],
  [
    "a number",
    "DROP TABLE sys_stamp; CREATE TABLE sys_stamp (tenant_id, created_at); INSERT INTO sys_stamp VALUES (1, 1)",
  ],
  [
    "enormous",
    "DROP TABLE sys_stamp; CREATE TABLE sys_stamp (tenant_id AS (hex(zeroblob(4000000))), created_at); INSERT INTO sys_stamp VALUES (1)",
  ],
])("a stamp that is %s opens nothing", async (_what, sql) => {
  const { driver, identity, path } = await scratchDatabase();
  change(path, sql);
  await expect(driver.verifyDatabase(identity)).rejects.toMatchObject({
    code: "precondition",
    message: notFreehold,
  });
});

describe("a connection for reading refuses", () => {
  test.each([
    "ATTACH '/etc/passwd' AS other",
    "VACUUM INTO '/tmp/elsewhere.db'",
    "PRAGMA writable_schema = ON",
    "PRAGMA user_version = 7",
    "SELECT load_extension('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT hex(randomblob(10))",
    "INSERT INTO sys_stamp VALUES (1, 'a', 1)",
    "CREATE TEMP TABLE t (id)",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
  ])("%s", async (sql) => {
    const { path } = await scratchDatabase();
    const db = openForReading(path);
    onTestFinished(() => db.close());
    expect(() => db.prepare(sql).all()).toThrow(/not authorized|authorization denied|no such function/);
  });
});

test("inspecting runs no view, trigger, generated column or virtual table", async () => {
  const { driver, identity, path } = await scratchDatabase();
  change(
    path,
    `CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
     CREATE TABLE item (id INTEGER PRIMARY KEY, big AS (hex(zeroblob(4000000))));
     INSERT INTO item (id) VALUES (1), (2);
     CREATE TRIGGER item_read AFTER INSERT ON item BEGIN SELECT count(*) FROM endless; END;
     CREATE VIRTUAL TABLE words USING fts5(body);
     CREATE TABLE "quo""ted; DROP TABLE item" (id INTEGER PRIMARY KEY);`,
  );
  const { tables } = await driver.inspectDatabase(identity);
  const found = tables.filter(({ system, name }) => !system && !name.startsWith("words_"));
  expect(found).toEqual([
    { name: "item", rows: 2, rowsAreExact: true, system: false },
    { name: 'quo"ted; DROP TABLE item', rows: 0, rowsAreExact: true, system: false },
  ]);
  expect(tables.map(({ name }) => name)).not.toContain("words");
});

test("inspecting is not led from a table's name to a view by a forged schema", async () => {
  const { driver, identity, path } = await scratchDatabase();
  change(
    path,
    `CREATE TABLE item (id INTEGER PRIMARY KEY);
     CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
     PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET name = 'endless' WHERE name = 'item';`,
    { defensive: false },
  );
  await expect(driver.inspectDatabase(identity)).rejects.toMatchObject({
    code: "precondition",
    message: "The database is damaged.",
  });
});

test("inspecting lists at most 200 of 10,000 tables", async () => {
  const { driver, identity, path } = await scratchDatabase();
  const tables = Array.from(
    { length: 10_000 },
    (_, index) => `CREATE TABLE t${index} (id INTEGER PRIMARY KEY);`,
  );
  change(path, `BEGIN; ${tables.join(" ")} COMMIT`);
  const facts = await driver.inspectDatabase(identity);
  expect(facts.tables).toHaveLength(200);
  expect(facts.tablesAreComplete).toBe(false);
}, 120_000);

test("inspecting stops counting at 100,000 rows", async () => {
  const { driver, identity, path } = await scratchDatabase();
  change(path, `${fill("exact", 100_000)}; ${fill("more", 100_001)}`);
  // It stops when counting takes long, too, which a busy machine decides.
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const { tables } = await driver.inspectDatabase(identity);
  expect(tables.filter(({ system }) => !system)).toEqual([
    { name: "exact", rows: 100_000, rowsAreExact: true, system: false },
    { name: "more", rows: 100_000, rowsAreExact: false, system: false },
  ]);
});

test("a writer that holds the file is waited for", async () => {
  const { driver, identity, path } = await scratchDatabase();
  const writer = new DatabaseSync(path);
  writer.exec("BEGIN EXCLUSIVE");
  const verified = driver.verifyDatabase(identity);
  await Promise.resolve();
  writer.exec("COMMIT");
  writer.close();
  await expect(verified).resolves.toMatchObject({ schemaVersion: 1 });
});

function change(path: string, sql: string, options: { defensive?: boolean } = {}): void {
  const db = new DatabaseSync(path, options);
  db.exec(`PRAGMA synchronous = OFF; ${sql}`);
  db.close();
}

const fill = (table: string, rows: number) =>
  `CREATE TABLE ${table} (id INTEGER PRIMARY KEY);
   WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) INSERT INTO ${table} SELECT i FROM n`;

function moveAside(path: string): string {
  const aside = join(dirname(path), "aside.db");
  renameSync(path, aside);
  return aside;
}

function replaceBy(path: string, make: () => void): void {
  rmSync(path);
  make();
}

function makeStranger(path: string): void {
  const db = new DatabaseSync(path);
  db.exec("CREATE TABLE sys_stamp (tenant_id TEXT, created_at INTEGER)");
  db.close();
}
