import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { execute, pipeline, query, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld();
const create = async () => (await world()).create();

const withoutPath = /\.db|\/tmp|env_/;

describe("SQL reaches no file but its own", () => {
  const outside = (path: string) => join(dirname(path), "..", "outside");
  const attacks: [string, (own: string, other: string) => string][] = [
    ["attaching a neighbour", (_own, other) => `ATTACH '${other}' AS other`],
    ["attaching a neighbour by address", (_own, other) => `ATTACH 'file:${other}?mode=ro' AS other`],
    ["attaching a new file", (own) => `ATTACH '${outside(own)}' AS other`],
    ["attaching what is computed", (_own, other) => `ATTACH (SELECT '${other}') AS other`],
    ["vacuuming into a file", (own) => `VACUUM INTO '${outside(own)}'`],
    ["vacuuming into what is computed", (own) => `VACUUM main INTO ('${outside(own)}' || '')`],
    ["reading a file", () => "SELECT readfile('/etc/passwd')"],
    ["writing a file", (own) => `SELECT writefile('${outside(own)}', 'x')`],
    ["listing a directory", () => "SELECT * FROM fsdir('/')"],
    ["editing", () => "SELECT edit('x', 'sh')"],
    ["loading an extension", () => "SELECT load_extension('/tmp/x')"],
    ["spilling to a directory", () => "PRAGMA temp_store_directory = '/etc'"],
    ["exporting", (own) => `SELECT import('${outside(own)}')`],
    ["a virtual table over a file", () => "CREATE VIRTUAL TABLE f USING csv(filename='/etc/passwd')"],
    ["raw pages", () => "SELECT * FROM sqlite_dbpage"],
  ];

  test.each(attacks)("%s", async (_what, attack) => {
    const [database, neighbour] = [await create(), await create()];
    await query(neighbour, "CREATE TABLE secret (word TEXT)");
    const before = readdirSync(dirname(database.path)).toSorted();
    const { results } = await pipeline(database, [
      execute(attack(database.path, neighbour.path)),
      execute("SELECT * FROM other.secret"),
      { type: "close" },
    ]);
    expect(results.map(({ type }) => type)).toEqual(["error", "error", "ok"]);
    expect(existsSync(outside(database.path))).toBe(false);
    const after = readdirSync(dirname(database.path)).filter((name) => !name.includes("-"));
    expect(after.toSorted()).toEqual(before.filter((name) => !name.includes("-")));
  });
});

describe("what lies in a database's place is not opened", () => {
  const replacements: [string, (path: string, other: string) => void][] = [
    ["nothing", (path) => rmSync(path)],
    ["a symbolic link", (path, other) => replace(path, () => symlinkSync(other, path))],
    ["a dangling link", (path) => replace(path, () => symlinkSync("/nonexistent/x.db", path))],
    ["a hard link", (path) => linkSync(path, `${path}.other`)],
    ["a FIFO", (path) => replace(path, () => execFileSync("mkfifo", [path]))],
    ["a directory", (path) => replace(path, () => mkdirSync(path))],
    ["an empty file", (path) => truncateSync(path, 0)],
    [
      "a text",
      (path) => writeFileSync(path, "this is no database, but it is long enough for one. ".repeat(20)),
    ],
    ["a stranger's database", (path) => replace(path, () => makeStranger(path))],
    ["another tenant's database", (path, other) => copyFileSync(other, path)],
    ["a database with a linked log", (path, other) => symlinkSync(other, `${path}-wal`)],
    ["half of it", (path) => truncateSync(path, 6_000)],
  ];

  test.each(replacements)("%s", async (_what, damage) => {
    const [database, other] = [await create(), await create()];
    damage(database.path, other.path);
    const given = await pipeline(database, [execute("SELECT 1"), { type: "close" }]);
    expect(given).toMatchObject({ status: 500, code: "SQLITE_CANTOPEN" });
    expect(given.message).not.toMatch(withoutPath);
    expect(await query(other, "SELECT 1")).toEqual([["1"]]);
  });

  test.each(replacements.slice(0, 2))("%s, after it was open", async (_what, damage) => {
    const [database, other] = [await create(), await create()];
    await query(database, "CREATE TABLE item (a)");
    const { baton } = await pipeline(database, [execute("BEGIN"), execute("SELECT 1")]);
    damage(database.path, other.path);
    const refused = { status: 500, code: "SQLITE_CANTOPEN" };
    expect(await pipeline(database, [execute("SELECT 1")], { baton })).toMatchObject(refused);
    expect(await pipeline(database, [execute("SELECT 1")])).toMatchObject(refused);
    if (_what === "nothing") expect(existsSync(database.path)).toBe(false);
  });
});

test("a file that was put in the place of an open one is the one that is served", async () => {
  const database = await create();
  await query(database, "CREATE TABLE item (name TEXT)");
  await query(database, "INSERT INTO item VALUES ('old')");
  const restored = `${database.path}.restored`;
  const db = new DatabaseSync(database.path);
  db.exec(`VACUUM INTO '${restored}'`);
  db.close();
  const copy = new DatabaseSync(restored);
  copy.exec("UPDATE item SET name = 'restored'");
  copy.close();
  for (const suffix of ["", "-wal", "-shm"]) rmSync(database.path + suffix, { force: true });
  renameSync(restored, database.path);
  expect(await query(database, "SELECT name FROM item")).toEqual([["restored"]]);
});

test("a file stays without a log until somebody writes, and has none when the server is gone", async () => {
  const database = await create();
  await query(database, "SELECT 1");
  expect(existsSync(`${database.path}-wal`)).toBe(false);
  await query(database, "CREATE TABLE item (a)");
  expect(existsSync(`${database.path}-wal`)).toBe(true);
  expect(await query(database, "PRAGMA journal_mode")).toEqual([["wal"]]);
});

test("the driver reads, inspects and drops a database that is being served", async () => {
  const { driver } = await world();
  const database: Database = await create();
  await query(database, "CREATE TABLE item (a)");
  await query(database, "INSERT INTO item VALUES (1)");
  const { tables } = await driver.inspectDatabase(database.identity);
  expect(tables.find(({ name }) => name === "item")).toMatchObject({ rows: 1 });
  await driver.dropDatabase(database.identity);
  expect(await pipeline(database, [execute("SELECT 1")])).toMatchObject({ code: "SQLITE_CANTOPEN" });
  expect(existsSync(database.path)).toBe(false);
});

function replace(path: string, make: () => void): void {
  rmSync(path);
  make();
}

function makeStranger(path: string): void {
  const db = new DatabaseSync(path);
  db.exec("CREATE TABLE sys_stamp (tenant_id TEXT, created_at INTEGER)");
  db.close();
}
