import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@libsql/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFile } from "./file-client";

let directory: string;
let client: Client;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "freehold-file-"));
  client = openFile(join(directory, "a.db"), { timeout: 20 });
  await client.execute("PRAGMA journal_mode = WAL");
  await client.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE)");
});
afterEach(() => {
  client.close();
  rmSync(directory, { recursive: true, force: true });
});

const insert = (body: string | null) =>
  client.execute({ sql: "INSERT INTO note (body) VALUES (?)", args: [body] });
const bodies = async () =>
  (await client.execute("SELECT body FROM note ORDER BY id")).rows.map((row) => row.body);

test("a statement gives the rows of each call's own arguments", async () => {
  for (const body of ["a", "b", "c"]) await insert(body);
  const find = async (body: string) =>
    (await client.execute({ sql: "SELECT id FROM note WHERE body = ?", args: [body] })).rows[0]?.id;
  expect([await find("c"), await find("a"), await find("none"), await find("b")]).toEqual([
    3,
    1,
    undefined,
    2,
  ]);
});

test("a write that failed says so each time and works again afterwards", async () => {
  await insert("a");
  for (let turn = 0; turn < 3; turn++) {
    await expect(insert("a")).rejects.toThrow("UNIQUE constraint failed");
    await expect(insert(null)).rejects.toThrow("NOT NULL constraint failed");
  }
  expect(await insert("b")).toMatchObject({ rowsAffected: 1 });
  expect(await bodies()).toEqual(["a", "b"]);
});

test("a failure inside a transaction leaves the rest of it usable", async () => {
  await insert("a");
  const transaction = await client.transaction("write");
  const sql = "INSERT INTO note (body) VALUES (?)";
  await expect(transaction.execute({ sql, args: ["a"] })).rejects.toThrow("UNIQUE");
  await transaction.execute({ sql, args: ["b"] });
  await transaction.commit();
  expect(await bodies()).toEqual(["a", "b"]);
});

test("a reader sees what another connection has written since its last call", async () => {
  const other = openFile(join(directory, "a.db"), { timeout: 20 });
  expect(await bodies()).toEqual([]);
  await other.execute("INSERT INTO note (body) VALUES ('from elsewhere')");
  expect(await bodies()).toEqual(["from elsewhere"]);
  other.close();
});

test("a column that was added since the statement was first used is there", async () => {
  await insert("a");
  const all = "SELECT * FROM note";
  expect((await client.execute(all)).rows[0]).toEqual({ id: 1, body: "a" });
  await client.execute("ALTER TABLE note ADD COLUMN at INTEGER");
  expect((await client.execute(all)).rows[0]).toEqual({ id: 1, body: "a", at: null });
});

test("a reading that has ended holds back no checkpoint", async () => {
  const other = openFile(join(directory, "a.db"), { timeout: 20 });
  for (let turn = 0; turn < 200; turn++) await insert(`body ${turn}`);
  await client.execute("SELECT * FROM note LIMIT 1");
  await client.execute("SELECT * FROM note");
  const { rows } = await other.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  expect(rows[0]).toMatchObject({ busy: 0, log: 0 });
  other.close();
});

test("more different statements than are kept all work", async () => {
  for (let turn = 0; turn < 1200; turn++) {
    const { rows } = await client.execute(`SELECT ${turn} AS n`);
    expect(rows[0]).toEqual({ n: turn });
  }
});
