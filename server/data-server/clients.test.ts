// oxlint-disable freehold/bare-transaction -- The transactions of clients are what is tested.
import { createClient, type Client, type Config } from "@libsql/client";
import * as hrana from "@libsql/hrana-client";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/libsql";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld();

async function connect(
  config: (database: Database) => Config = ({ url, token }) => ({ url, authToken: token }),
) {
  const database = await (await world()).create();
  const client = createClient(config(database));
  onTestFinished(() => client.close());
  return { client, database };
}

const addresses: [string, (database: Database) => Config][] = [
  ["http", ({ url, token }) => ({ url, authToken: token })],
  [
    "libsql without TLS",
    ({ url, token }) => ({ url: `${url.replace("http:", "libsql:")}?tls=0`, authToken: token }),
  ],
  [
    "the tenant's UUID",
    ({ url, token, identity }) => ({
      url: url.replace(identity.databaseName, identity.tenant),
      authToken: token,
    }),
  ],
];

describe.each(addresses)("@libsql/client over %s", (_name, config) => {
  test("executes with positional and named arguments", async () => {
    const { client } = await connect(config);
    await client.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, data BLOB, size REAL)");
    const first = await client.execute({
      sql: "INSERT INTO item (name, data, size) VALUES (?, ?, ?)",
      args: ["one", new Uint8Array([1, 2, 255]), 1.5],
    });
    expect(first).toMatchObject({ rowsAffected: 1, lastInsertRowid: 1n });
    const second = await client.execute({
      sql: "INSERT INTO item (name, data, size) VALUES (:name, @data, $size) RETURNING id",
      args: { name: "two", data: null, size: -0.5 },
    });
    expect(second).toMatchObject({ rowsAffected: 1, lastInsertRowid: 2n, rows: [{ id: 2 }] });
    const { rows, columns, columnTypes } = await client.execute("SELECT * FROM item ORDER BY id");
    expect(columns).toEqual(["id", "name", "data", "size"]);
    expect(columnTypes).toEqual(["INTEGER", "TEXT", "BLOB", "REAL"]);
    expect(rows.map((row) => [row["id"], row["name"], row["size"]])).toEqual([
      [1, "one", 1.5],
      [2, "two", -0.5],
    ]);
    expect(new Uint8Array(rows[0]?.["data"] as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 255]));
  });
});

async function withItems(): Promise<Client> {
  const { client } = await connect();
  await client.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL)");
  return client;
}

const count = async (client: Pick<Client, "execute">) =>
  (await client.execute("SELECT count(*) AS n FROM item")).rows[0]?.["n"];

test.each(["write", "deferred"] as const)("a %s batch is all or nothing", async (mode) => {
  const client = await withItems();
  await client.batch(["INSERT INTO item VALUES (1, 'a')", "INSERT INTO item VALUES (2, 'b')"], mode);
  const failing = client.batch(
    ["INSERT INTO item VALUES (3, 'c')", "INSERT INTO item VALUES (4, 'a')"],
    mode,
  );
  await expect(failing).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT" });
  expect(await count(client)).toBe(2);
});

test("a statement that failed says nothing of it when it runs again", async () => {
  const { client } = await connect();
  await client.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
  const insert = (...args: (string | number)[]) =>
    client.execute({ sql: "INSERT INTO item (id, name) VALUES (?, ?) RETURNING id", args });
  const absolute = (of: number | null) =>
    client.execute({ sql: "SELECT abs(?) AS n", args: [of ?? -(2n ** 63n)] });
  await insert(1, "one");
  for (const id of [2, 3, 4]) {
    await expect(insert(id, "one")).rejects.toThrow(/UNIQUE/);
    expect((await insert(id, `${id}`)).rows).toMatchObject([{ id }]);
    await expect(absolute(null)).rejects.toThrow(/overflow/);
    expect((await absolute(id)).rows).toMatchObject([{ n: id }]);
  }
});

test("a statement that waited for another writer does not stay open", async () => {
  const { client } = await connect();
  await client.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
  const writer = await client.transaction("write");
  await writer.execute("INSERT INTO item (name) VALUES ('undone')");
  const late = await client.transaction("deferred");
  await late.execute("SELECT * FROM item");
  const waiting = late.execute("INSERT INTO item (name) VALUES ('one') RETURNING id");
  await writer.rollback();
  expect((await waiting).rows).toHaveLength(1);
  await late.commit();
  expect((await client.execute("SELECT name FROM item")).rows).toMatchObject([{ name: "one" }]);
});

test("a batch for reading reads, and does not write", async () => {
  const client = await withItems();
  const [result] = await client.batch(["SELECT count(*) AS n FROM item"], "read");
  expect(result?.rows).toMatchObject([{ n: 0 }]);
  await expect(client.batch(["INSERT INTO item VALUES (1, 'a')"], "read")).rejects.toMatchObject({
    code: "SQLITE_READONLY",
  });
  await client.execute("INSERT INTO item VALUES (1, 'a')");
  expect(await count(client)).toBe(1);
});

test("an interactive transaction commits or rolls back, and nobody sees it before", async () => {
  const client = await withItems();
  const transaction = await client.transaction("write");
  await transaction.execute("INSERT INTO item VALUES (1, 'a')");
  await transaction.batch([{ sql: "INSERT INTO item VALUES (?, ?)", args: [2, "b"] }]);
  expect(await count(transaction)).toBe(2);
  expect(await count(client)).toBe(0);
  await transaction.commit();
  expect(await count(client)).toBe(2);

  const undone = await client.transaction("write");
  await undone.execute("DELETE FROM item");
  await undone.rollback();
  expect(await count(client)).toBe(2);
});

test("a transaction for reading keeps its view and does not write", async () => {
  const client = await withItems();
  const transaction = await client.transaction("read");
  expect(await count(transaction)).toBe(0);
  await client.execute("INSERT INTO item VALUES (1, 'a')");
  expect(await count(transaction)).toBe(0);
  await expect(transaction.execute("INSERT INTO item VALUES (2, 'b')")).rejects.toMatchObject({
    code: "SQLITE_READONLY",
  });
  transaction.close();
  expect(await count(client)).toBe(1);
});

test("executeMultiple runs every statement, triggers and comments included", async () => {
  const client = await withItems();
  await client.executeMultiple(`
    CREATE TABLE log (name TEXT); -- a comment; with a semicolon
    CREATE TRIGGER item_log AFTER INSERT ON item BEGIN INSERT INTO log VALUES (new.name); SELECT 1; END;
    INSERT INTO item VALUES (1, 'a;b'); /* the end; */`);
  expect((await client.execute("SELECT name FROM log")).rows).toMatchObject([{ name: "a;b" }]);
  const stopped = client.executeMultiple(
    "INSERT INTO item VALUES (2, 'b'); SELEC; INSERT INTO item VALUES (3, 'c')",
  );
  await expect(stopped).rejects.toMatchObject({ code: "SQL_PARSE_ERROR" });
  expect(await count(client)).toBe(2);
});

test("migrate changes tables that others refer to", async () => {
  const client = await withItems();
  await client.executeMultiple(
    "CREATE TABLE part (item_id INTEGER REFERENCES item (id)); INSERT INTO item VALUES (1, 'a'); INSERT INTO part VALUES (1)",
  );
  await client.migrate([
    "CREATE TABLE item_new (id INTEGER PRIMARY KEY, name TEXT, size INTEGER)",
    "INSERT INTO item_new SELECT id, name, 1 FROM item",
    "DROP TABLE item",
    "ALTER TABLE item_new RENAME TO item",
  ]);
  expect((await client.execute("SELECT size FROM item")).rows).toMatchObject([{ size: 1 }]);
  await expect(client.execute("INSERT INTO part VALUES (7)")).rejects.toMatchObject({
    code: "SQLITE_CONSTRAINT",
  });
});

test.each([
  ["INSERT INTO item VALUES (1, NULL)", "SQLITE_CONSTRAINT", "NOT NULL constraint failed: item.name"],
  ["SELEC 1", "SQL_PARSE_ERROR", "syntax error"],
  ["SELECT * FROM absent", "SQL_INPUT_ERROR", "no such table: absent"],
  ["SELECT 1; SELECT 2", "SQL_MANY_STATEMENTS", "more than one statement"],
  [" -- nothing", "SQL_NO_STATEMENT", "does not contain any statement"],
  ["SELECT ?", "ARGS_INVALID", "parameter ?1 is missing"],
])("%s fails with %s's code", async (sql, code, message) => {
  const client = await withItems();
  const failing = client.execute(sql);
  await expect(failing).rejects.toMatchObject({ code });
  await expect(failing).rejects.toThrow(message);
});

test("a wrong token fails with a code and a sentence", async () => {
  const { database } = await connect();
  const client = createClient({ url: database.url, authToken: "fhd_wrong" });
  await expect(client.execute("SELECT 1")).rejects.toMatchObject({ code: "AUTH_FAILED" });
});

test("drizzle selects, inserts and keeps transactions", async () => {
  const client = await withItems();
  const item = sqliteTable("item", { id: integer().primaryKey(), name: text().notNull() });
  const db = drizzle(client);
  await db.insert(item).values([{ name: "a" }, { name: "b" }]);
  await db.transaction(async (tx) => {
    await tx.update(item).set({ name: "c" }).where(eq(item.id, 1));
    await expect(tx.transaction(async () => Promise.reject(new Error("undo")))).rejects.toThrow("undo");
  });
  expect(await db.select().from(item).orderBy(item.id)).toEqual([
    { id: 1, name: "c" },
    { id: 2, name: "b" },
  ]);
});

test("a client of the third version finds that there is no protobuf and goes on in JSON", async () => {
  const { database } = await connect();
  const client = hrana.openHttp(database.url, database.token, undefined, undefined, 3);
  onTestFinished(() => client.close());
  expect(await client.getVersion()).toBe(2);
  const stream = client.openStream();
  const { rows } = await stream.query("SELECT 1 AS one, 'two' AS two");
  expect(rows.map((row) => [row["one"], row["two"]])).toEqual([[1, "two"]]);
  const sql = client.openStream();
  const stored = sql.storeSql("SELECT ?");
  expect((await sql.queryValue([stored, [5]])).value).toBe(5);
  stored.close();
  expect(await sql.describe("SELECT :a, ?2")).toMatchObject({ isReadonly: true, isExplain: false });
  stream.close();
  sql.close();
});
