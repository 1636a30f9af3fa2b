import { describe, expect, test } from "vitest";
import type { PackageFiles } from "./files";
import { readPackage } from "./read";

const manifest = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    name: "com.example.orders",
    version: "1.0.0",
    schema: "orders",
    owner: "orders",
    ...changes,
  });

const table = "CREATE TABLE orders (id text NOT NULL PRIMARY KEY, note text);\n";

/** A sound package but for what is changed; null takes a file away. */
function packageWith(changes: Record<string, string | null>): PackageFiles {
  const files = { "freehold.package.json": manifest(), "migrations/0001_orders.sql": table, ...changes };
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
  );
}

const onlyPostgres = (sql: string) =>
  packageWith({
    "freehold.package.json": manifest({ engines: ["postgres"] }),
    "migrations/0002_more.sql": sql,
  });

const onlySqlite = (sql: string) =>
  packageWith({
    "freehold.package.json": manifest({ engines: ["sqlite"] }),
    "migrations/0002_more.sql": sql,
  });

async function refusal(files: PackageFiles): Promise<string> {
  const error: unknown = await readPackage(files).then(
    () => "it was taken",
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "DomainError", code: "invalid" });
  return error instanceof Error ? error.message : "";
}

const manifests: [title: string, text: string, says: RegExp][] = [
  ["what is not JSON", "{", /^freehold\.package\.json: It is not JSON/],
  ["an unknown key", manifest({ tenant: "a" }), /"tenant" is not known/],
  [
    "an unknown key further in",
    manifest({ tables: { refernce: [] } }),
    /"refernce" is not known in "tables"/,
  ],
  ["a name that is no reverse domain", manifest({ name: "orders" }), /"name": .*reverse-domain/],
  ["a name of Freehold's", manifest({ name: "freehold.system" }), /Freehold's own/],
  ["a version that is none", manifest({ version: "1.0" }), /"version": .*1\.4\.0/],
  ["a version with a leading zero", manifest({ version: "1.0.0-01" }), /"version"/],
  ["the schema public", manifest({ schema: "public" }), /taken by the database/],
  ["a schema with a quote in it", manifest({ schema: 'o"; drop' }), /lower case/],
  ["an engine that is none", manifest({ engines: ["mysql"] }), /sqlite or postgres/],
  ["the same engine twice", manifest({ engines: ["sqlite", "sqlite"] }), /each engine once/],
  [
    "a reference table that is not made",
    manifest({ tables: { reference: ["colours"] } }),
    /colours, which no migration makes/,
  ],
  [
    "a data class for a column that is not made",
    manifest({ data: { orders: { mail: "email" } } }),
    /orders\.mail/,
  ],
  ["a data class that is none", manifest({ data: { orders: { note: "spicy" } } }), /"data\.orders\.note"/],
];

test.each(manifests)("the reader refuses %s in the manifest", async (_, text, says) => {
  expect(await refusal(packageWith({ "freehold.package.json": text }))).toMatch(says);
});

const folders: [title: string, changes: Record<string, string | null>, says: RegExp][] = [
  ["no manifest", { "freehold.package.json": null }, /^freehold\.package\.json: It is missing/],
  ["no migration", { "migrations/0001_orders.sql": null }, /There is no migration/],
  ["a gap", { "migrations/0003_late.sql": table }, /^migrations\/0002_…: This number is missing/],
  [
    "a start at nought",
    { "migrations/0001_orders.sql": null, "migrations/0000_orders.sql": table },
    /no migration/,
  ],
  ["two with one number", { "migrations/0001_other.sql": table }, /the same number/],
  [
    "a shared file beside one for an engine",
    { "migrations/0001_orders.sqlite.sql": table },
    /for all engines/,
  ],
  [
    "a missing variant",
    { "migrations/0001_orders.sql": null, "migrations/0001_orders.sqlite.sql": table },
    /^migrations\/0001_orders\.postgres\.sql: It is missing/,
  ],
  [
    "a variant for an engine that the package is not for",
    {
      "freehold.package.json": manifest({ engines: ["sqlite"] }),
      "migrations/0002_more.postgres.sql": table,
      "migrations/0002_more.sqlite.sql": "DROP TABLE orders",
    },
    /not for postgres/,
  ],
  ["an empty file", { "migrations/0002_more.sql": " \n" }, /^migrations\/0002_more\.sql: It is empty/],
  [
    "a file with comments only",
    { "migrations/0002_more.sql": "-- later\n/* really */;" },
    /no statement in it/,
  ],
  ["a file of another kind", { "README.md": "hello" }, /^README\.md: A package holds/],
  ["a path that leads out", { "migrations/../0002_more.sql": table }, /nothing else/],
  ["upper case", { "migrations/0002_More.sql": table }, /lower case/],
  [
    "a zero byte",
    { "migrations/0002_more.sql": "\nDROP TABLE orders\0" },
    /more\.sql:2: It is not plain text/,
  ],
  ["a file that is too long", { "migrations/0002_more.sql": "-".repeat(600_000) }, /at most/],
];

test.each(folders)("the reader refuses %s", async (_, changes, says) => {
  expect(await refusal(packageWith(changes))).toMatch(says);
});

const refusedByPostgres: [sql: string, says: RegExp][] = [
  ["SELEC 1", /:1: Postgres does not understand/],
  ["ALTER TABLE orders ADD COLUMN a int;\n\nSELEC 1", /:3: Postgres does not understand/],
  ["BEGIN", /one transaction already/],
  ["-- first\nCOMMIT", /more\.sql:2: .*one transaction already/],
  ["SAVEPOINT a", /one transaction already/],
  ["CREATE EXTENSION dblink", /operator's matter/],
  ["GRANT SELECT ON orders TO PUBLIC", /scopes/],
  ["REVOKE SELECT ON orders FROM PUBLIC", /scopes/],
  ["CREATE ROLE mallory SUPERUSER", /roles are/],
  ["ALTER ROLE mallory SUPERUSER", /roles are/],
  ["ALTER TABLE orders OWNER TO mallory", /Owners, row level security/],
  ["ALTER TABLE orders DISABLE ROW LEVEL SECURITY", /row level security/],
  ["ALTER TABLE orders NO FORCE ROW LEVEL SECURITY", /row level security/],
  ["CREATE POLICY p ON orders USING (true)", /fences rows/],
  ["DROP POLICY p ON orders", /does not make such a thing/],
  ["DROP SCHEMA orders CASCADE", /does not make such a thing/],
  ["CREATE SCHEMA other", /one schema/],
  ["CREATE DATABASE other", /databases are/],
  ["DROP DATABASE other", /databases are/],
  ["ALTER SYSTEM SET work_mem = '1GB'", /operator's matter/],
  ["SET search_path = public", /settings of the session/],
  ["RESET ROLE", /settings of the session/],
  ["SET ROLE postgres", /settings of the session/],
  ["COPY orders FROM PROGRAM 'id'", /outside the database/],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$", /nobody can read beforehand/],
  ["VACUUM orders", /no use for Vacuum/],
  ["CREATE INDEX CONCURRENTLY i ON orders (note)", /CONCURRENTLY/],
  ["CREATE TABLE public.more (id int)", /public is not the package's schema/],
  ["INSERT INTO orders SELECT * FROM freehold.sys_migration", /freehold is not the package's schema/],
  ["DROP TABLE public.orders", /public is not the package's schema/],
  ["DROP TRIGGER t ON public.orders", /public is not the package's schema/],
  ["COMMENT ON COLUMN public.orders.note IS 'a'", /public is not the package's schema/],
  ["CREATE TABLE sys_more (id int)", /sys_/],
  ["ALTER TABLE orders RENAME TO sys_orders", /sys_/],
  ["CREATE TABLE more (tenant_id uuid)", /tenant_id/],
  ["ALTER TABLE orders ADD COLUMN TENANT_ID uuid", /tenant_id/],
  ["ALTER TABLE orders RENAME note TO tenant_id", /tenant_id/],
  ["CREATE TEMP TABLE more (id int)", /does not last/],
  ["CREATE UNLOGGED TABLE more (id int)", /does not last/],
  ["CREATE TABLE more AS SELECT 1 AS id", /without keys/],
  ["INSERT INTO orders (id) SELECT set_config('role', 'none', false)", /reaches out/],
  ["INSERT INTO orders (id) SELECT pg_catalog.pg_read_file('/etc/passwd')", /reaches out/],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'", /SECURITY DEFINER/],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'system'", /sql or plpgsql/],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE sql SET role = postgres AS 'SELECT 1'", /sets nothing/],
  ["CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", /public is not/],
  ["CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()", /no use for/],
  ["CREATE RULE r AS ON SELECT TO orders DO INSTEAD NOTHING", /no use for/],
];

describe("for Postgres the reader refuses", () => {
  test.each(refusedByPostgres)("%s", async (sql, says) => {
    expect(await refusal(onlyPostgres(sql))).toMatch(says);
  });
});

const refusedBySqlite: [sql: string, says: RegExp][] = [
  ["SELEC 1", /:1: SQLite refuses/],
  ["ALTER TABLE orders ADD COLUMN a int;\n\nDROP TABLE missing", /:3: SQLite refuses.*missing/],
  ["BEGIN", /one transaction already/],
  ["COMMIT", /one transaction already/],
  ["ATTACH ':memory:' AS other", /own database/],
  ["PRAGMA foreign_keys = OFF", /Freehold's/],
  ["PRAGMA writable_schema = 1", /Freehold's/],
  ["VACUUM", /refused|refuses/],
  ["CREATE TEMP TABLE more (id int)", /temporary/],
  ["CREATE VIRTUAL TABLE more USING fts5(note)", /virtual table/],
  ["CREATE TABLE sys_more (id int)", /sys_/],
  ["CREATE TABLE SYS_more (id int)", /sys_/],
  ["CREATE TABLE more (tenant_id text)", /tenant_id/],
  ["ALTER TABLE orders RENAME note TO Tenant_Id", /tenant_id/],
  ["CREATE TABLE other.more (id int)", /SQLite refuses/],
  ["INSERT INTO orders (id) SELECT load_extension('x')", /refuse/],
  ["INSERT INTO sqlite_schema (name) VALUES ('x')", /SQLite refuses/],
  [
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO orders (id) SELECT i FROM n",
    /never end/,
  ],
];

describe("for SQLite the reader refuses", () => {
  test.each(refusedBySqlite)("%s", async (sql, says) => {
    expect(await refusal(onlySqlite(sql))).toMatch(says);
  });
});

const takenByPostgres = [
  "CREATE TABLE parts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id text REFERENCES orders (id))",
  "CREATE TYPE colour AS ENUM ('red', 'green'); ALTER TYPE colour ADD VALUE 'blue'",
  "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f(); DROP TRIGGER t ON orders",
  "COMMENT ON TABLE orders IS 'All; of them'; COMMENT ON COLUMN orders.note IS 'it''s'",
  "CREATE UNIQUE INDEX i ON orders (lower(note)) WHERE note IS NOT NULL; DROP INDEX IF EXISTS i",
  "CREATE VIEW v AS SELECT pg_catalog.now() AS at, count(*) FROM orders WHERE note IN ('a', 'b')",
  "ALTER TABLE orders ADD CONSTRAINT c CHECK (note <> ''), ALTER COLUMN note SET DEFAULT 'x'",
  "INSERT INTO orders.orders (id) VALUES (gen_random_uuid()::text) ON CONFLICT (id) DO NOTHING",
];

test.each(takenByPostgres)("for Postgres the reader takes %s", async (sql) => {
  await expect(readPackage(onlyPostgres(sql))).resolves.toBeDefined();
});

test("a shared file must please both engines", async () => {
  const more = "CREATE TABLE more (id text PRIMARY KEY, value jsonb DEFAULT '{}'::jsonb)";
  expect(await refusal(packageWith({ "migrations/0002_more.sql": more }))).toMatch(
    /^migrations\/0002_more\.sql:1: SQLite refuses.*0*NNNN_noun\.sqlite\.sql/,
  );
});

test("statements end where the engines say, not at every semicolon", async () => {
  const sql = [
    "-- one; two",
    "INSERT INTO orders (id, note) VALUES ('é;', 'it''s; \"fine\" /* no */ -- no');",
    "/* CREATE TABLE x (id int); */",
    "CREATE TRIGGER touched AFTER INSERT ON orders BEGIN",
    "  UPDATE orders SET note = ';' WHERE id = new.id;",
    "  DELETE FROM orders WHERE id = 'x;y';",
    "END;",
    "DROP TRIGGER touched",
  ].join("\n");
  const { release } = await readPackage(onlySqlite(sql));
  const statements = release.migrations[1]?.sqlite?.statements ?? [];
  expect(statements.map(({ sql: text, line }) => [line, text.slice(0, 14)])).toEqual([
    [2, "INSERT INTO or"],
    [4, "CREATE TRIGGER"],
    [8, "DROP TRIGGER t"],
  ]);
});

test("functions and dollar quotes stay whole for Postgres, and lines are counted", async () => {
  const sql =
    "-- é;\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN NEW.note := ';'; RETURN NEW; END\n$$;\n\nCREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();";
  const { release } = await readPackage(onlyPostgres(sql));
  const statements = release.migrations[1]?.postgres?.statements ?? [];
  expect(statements.map(({ line, sql: text }) => [line, text.split(" ").slice(0, 2).join(" ")])).toEqual([
    [2, "CREATE FUNCTION"],
    [6, "CREATE TRIGGER"],
  ]);
});

test("the checksum stands for the content, however it is laid out", async () => {
  const first = await readPackage(packageWith({}));
  const laidOut = JSON.stringify(JSON.parse(manifest()), null, 4);
  const same = await readPackage(packageWith({ "freehold.package.json": laidOut }));
  const other = await readPackage(packageWith({ "migrations/0001_orders.sql": `${table} ` }));
  expect(same.release.checksum).toBe(first.release.checksum);
  expect(other.release.checksum).not.toBe(first.release.checksum);
});
