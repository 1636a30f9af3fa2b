import { DatabaseSync } from "node:sqlite";
import { beforeAll, expect, test } from "vitest";
import { credentialScopes, type CredentialScope } from "@/server/drivers/driver";
import { functions } from "./executor/authorize";
import { pipeline, query, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld();
const databases = new Map<CredentialScope, Database>();

beforeAll(async () => {
  const { create, issue } = await world();
  const database = await create();
  const make = [
    "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
    "CREATE TABLE part (item_id INTEGER REFERENCES item (id) ON DELETE CASCADE)",
    "CREATE VIEW named AS SELECT name FROM item",
    "CREATE VIRTUAL TABLE words USING fts5(body)",
    "INSERT INTO item (name) VALUES ('a'), ('b')",
  ];
  for (const sql of make) await query(database, sql);
  for (const scope of credentialScopes)
    databases.set(scope, { ...database, token: issue(database.identity, scope) });
});

const everyone = credentialScopes;
const writers = ["readwrite", "admin"] as const;
const admin = ["admin"] as const;
const nobody = [] as const;

/** Each statement, and the scopes that may run it. */
const statements: [sql: string, may: readonly CredentialScope[]][] = [
  ["SELECT * FROM item", everyone],
  ["SELECT name FROM named", everyone],
  ["SELECT tenant_id FROM sys_stamp", everyone],
  ["SELECT name FROM sqlite_schema", everyone],
  ["SELECT json_extract('{\"a\":1}', '$.a'), upper('x'), random()", everyone],
  ["WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n", everyone],
  ["EXPLAIN QUERY PLAN SELECT * FROM item", everyone],
  ["SELECT * FROM words WHERE words MATCH 'x'", everyone],
  ["BEGIN; SELECT 1; SAVEPOINT a; RELEASE a; COMMIT", everyone],

  ["INSERT INTO item (name) VALUES ('c')", writers],
  ["UPDATE item SET name = 'd' WHERE id = 1", writers],
  ["DELETE FROM item WHERE id = 99", writers],
  [
    "INSERT INTO item (id, name) VALUES (1, 'e') ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id",
    writers,
  ],
  ["REPLACE INTO item VALUES (1, 'f')", writers],
  ["INSERT INTO words VALUES ('some words')", writers],
  ["DELETE FROM sqlite_sequence WHERE name = 'nothing'", writers],
  ["CREATE TEMP TABLE scratch (a UNIQUE); INSERT INTO scratch VALUES (1); DROP TABLE scratch", writers],

  ["CREATE TABLE made (a); DROP TABLE made", admin],
  ["CREATE TABLE copied AS SELECT * FROM item; DROP TABLE copied", admin],
  ["CREATE INDEX item_name ON item (name); DROP INDEX item_name", admin],
  ["CREATE VIEW other AS SELECT 1; DROP VIEW other", admin],
  ["CREATE TRIGGER item_t AFTER INSERT ON item BEGIN SELECT 1; END; DROP TRIGGER item_t", admin],
  ["CREATE VIRTUAL TABLE boxes USING rtree(id, a, b); DROP TABLE boxes", admin],
  ["CREATE TABLE al (a); ALTER TABLE al ADD COLUMN b; ALTER TABLE al RENAME TO be; DROP TABLE be", admin],
  ["REINDEX", admin],
  ["ANALYZE", admin],
  ["PRAGMA optimize", admin],
  ["CREATE TEMP TRIGGER tt AFTER INSERT ON item BEGIN SELECT 1; END", admin],
  ["CREATE TEMP VIEW tv AS SELECT 1", admin],

  ["PRAGMA table_info(item)", everyone],
  ["SELECT name FROM pragma_table_info('item')", everyone],
  ["PRAGMA index_list(item)", everyone],
  ["PRAGMA foreign_key_list(part)", everyone],
  ["PRAGMA foreign_key_check", everyone],
  ["PRAGMA table_list", everyone],
  ["PRAGMA foreign_keys", everyone],
  ["PRAGMA user_version", everyone],
  ["PRAGMA journal_mode", everyone],
  ["PRAGMA integrity_check", everyone],
  ["PRAGMA defer_foreign_keys = ON", writers],
  ["PRAGMA foreign_keys = OFF", admin],

  ["PRAGMA user_version = 9", nobody],
  ["PRAGMA application_id = 1", nobody],
  ["PRAGMA journal_mode = DELETE", nobody],
  ["PRAGMA main.journal_mode = OFF", nobody],
  ["PRAGMA locking_mode = EXCLUSIVE", nobody],
  ["PRAGMA synchronous = OFF", nobody],
  ["PRAGMA writable_schema = ON", nobody],
  ["PRAGMA trusted_schema = ON", nobody],
  ["PRAGMA temp_store = FILE", nobody],
  ["PRAGMA temp_store_directory = '/tmp'", nobody],
  ["PRAGMA data_store_directory = '/tmp'", nobody],
  ["PRAGMA database_list", nobody],
  ["SELECT * FROM pragma_database_list", nobody],
  ["PRAGMA max_page_count = 4000000000", nobody],
  ["PRAGMA cache_size = -4000000", nobody],
  ["PRAGMA mmap_size = 1000000000", nobody],
  ["PRAGMA query_only = OFF", nobody],
  ["PRAGMA cell_size_check = OFF", nobody],
  ["PRAGMA wal_checkpoint(TRUNCATE)", nobody],
  ["PRAGMA hard_heap_limit = 0", nobody],
  ["PRAGMA schema_version = 1", nobody],
  ["PRAGMA busy_timeout = 100000", nobody],
  ["PRAGMA shrink_memory", nobody],

  ["INSERT INTO sys_migration VALUES ('1', 'p', '1', 'f', 'c', 1)", nobody],
  ["UPDATE sys_stamp SET tenant_id = tenant_id", nobody],
  ["DELETE FROM SYS_STAMP", nobody],
  ['DELETE FROM "sys_stamp"', nobody],
  ["DROP TABLE sys_stamp", nobody],
  ["ALTER TABLE sys_stamp RENAME TO stamp", nobody],
  ["ALTER TABLE sys_stamp ADD COLUMN x", nobody],
  ["CREATE INDEX stamped ON sys_stamp (tenant_id)", nobody],
  ["CREATE TRIGGER t AFTER INSERT ON sys_migration BEGIN SELECT 1; END", nobody],
  ["CREATE TEMP TRIGGER t AFTER INSERT ON main.sys_migration BEGIN SELECT 1; END", nobody],
  ["CREATE TRIGGER sys_t AFTER INSERT ON item BEGIN SELECT 1; END", nobody],
  ["CREATE TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM sys_stamp; END", nobody],
  ["CREATE VIEW stamps AS SELECT * FROM sys_stamp", nobody],
  ["CREATE VIEW sys_view AS SELECT 1", nobody],
  ["CREATE TABLE sys_more (a)", nobody],
  ["CREATE TABLE SYS_more (a)", nobody],
  ['CREATE TABLE "sys_more" (a)', nobody],
  ["CREATE TEMP TABLE sys_stamp (a)", nobody],
  ["CREATE INDEX sys_index ON item (name)", nobody],
  ["CREATE VIRTUAL TABLE sys_words USING fts5(body)", nobody],
  ["CREATE VIRTUAL TABLE sys USING fts5(body)", nobody],
  ["ALTER TABLE item RENAME TO sys_item", nobody],
  ["ALTER TABLE item RENAME /* to */ TO\n'sys_item'", nobody],
  ["ALTER TABLE item RENAME TO [SYS_item]", nobody],
  ["CREATE TABLE child (m TEXT REFERENCES sys_migration (id))", nobody],
  ['ALTER TABLE item ADD COLUMN m TEXT REFERENCES "sys_migration" (id)', nobody],

  ["ATTACH ':memory:' AS other", nobody],
  ["ATTACH '' AS other", nobody],
  ["DETACH main", nobody],
  ["VACUUM", nobody],
  ["SELECT load_extension('x')", nobody],
  ["SELECT fts3_tokenizer('simple')", nobody],
  ["SELECT sqlite_log(1, 'x')", nobody],
  ["CREATE VIRTUAL TABLE old USING fts4(body)", nobody],
  ["CREATE VIRTUAL TABLE csv USING csv(filename='/etc/passwd')", nobody],
  ["INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x (a)')", nobody],
  ["UPDATE sqlite_schema SET sql = NULL", nobody],
  ["DELETE FROM words_data", nobody],
];

test.each(statements)("%s", async (sql, may) => {
  for (const scope of credentialScopes) {
    const database = databases.get(scope)!;
    const { results } = await pipeline(database, [{ type: "sequence", sql }, { type: "close" }]);
    const [{ type, error } = { type: "none", error: undefined }] = results;
    expect([scope, type, error?.message]).toEqual([
      scope,
      may.includes(scope) ? "ok" : "error",
      error?.message,
    ]);
    expect(error?.message ?? "").not.toMatch(/\.db|\/tmp/);
  }
});

test("every function that SQLite keeps from schemas is refused, and no other one", () => {
  const db = new DatabaseSync(":memory:");
  const directOnly = db
    .prepare("SELECT DISTINCT name FROM pragma_function_list WHERE flags & 0x80000")
    .all()
    .map(({ name }) => String(name));
  db.close();
  expect(directOnly.filter((name) => !functions.has(name))).toEqual([]);
});

test("what a statement leaves in its connection is not there for the next one", async () => {
  const database = databases.get("admin")!;
  await query(database, "CREATE TEMP TABLE left_behind (a)");
  await expect(query(database, "SELECT * FROM left_behind")).rejects.toMatchObject({
    code: "SQL_INPUT_ERROR",
  });
  await query(database, "PRAGMA foreign_keys = OFF");
  expect(await query(database, "PRAGMA foreign_keys")).toEqual([["1"]]);
});

test("a scope that changes holds from the next request on", async () => {
  const { create, tokens } = await world();
  const database = await create();
  const access = tokens.get(database.token)!;
  tokens.set(database.token, { ...access, scope: "readonly" });
  await expect(query(database, "CREATE TABLE item (a)")).rejects.toMatchObject({ code: "SQLITE_AUTH" });
});
