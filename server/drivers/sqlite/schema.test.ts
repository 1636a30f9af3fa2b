import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { scratchDatabase } from "@/server/testing/sqlite-files";

async function openNew(): Promise<DatabaseSync> {
  const { path } = await scratchDatabase();
  const db = new DatabaseSync(path);
  onTestFinished(() => db.close());
  return db;
}

const install = (db: DatabaseSync, values: { id: string; package: string; status: string }) =>
  db
    .prepare(
      `INSERT INTO sys_package_installation (id, package, version, checksum, status, installed_at, updated_at)
       VALUES (?, ?, '1.0.0', 'abc', ?, 1, 1)`,
    )
    .run(values.id, values.package, values.status);

test("no table says whose row it is: the connection does, and the stamp once", async () => {
  const db = await openNew();
  const columns = db
    .prepare("SELECT t.name AS tableName, c.name FROM pragma_table_list t, pragma_table_info(t.name) c")
    .all();
  const owners = columns.filter(({ name }) => /tenant|environment|organization/.test(String(name)));
  expect(owners).toEqual([{ tableName: "sys_stamp", name: "tenant_id" }]);
});

test("each migration of the system schema is recorded with its checksum", async () => {
  const db = await openNew();
  const text = readFileSync("drizzle/tenant/migrations/0000_system.sql");
  expect(db.prepare("SELECT package, version, file, checksum FROM sys_migration").all()).toEqual([
    {
      package: "freehold.system",
      version: "1",
      file: "0000_system.sql",
      checksum: createHash("sha256").update(text).digest("hex"),
    },
  ]);
});

test("a package is installed once, in a known status", async () => {
  const db = await openNew();
  install(db, { id: "1", package: "com.example.crm", status: "installed" });
  expect(() => install(db, { id: "2", package: "com.example.crm", status: "installed" })).toThrow("UNIQUE");
  expect(() => install(db, { id: "3", package: "com.example.erp", status: "lost" })).toThrow("CHECK");
  expect(
    db.prepare("SELECT enabled, settings, with_sample_data FROM sys_package_installation").all(),
  ).toEqual([{ enabled: 1, settings: "{}", with_sample_data: 0 }]);
});

test("a migration file of a package is recorded once", async () => {
  const db = await openNew();
  const record = db.prepare(
    "INSERT INTO sys_migration (id, package, version, file, checksum, applied_at) VALUES (?, 'p', '1', '0001_a.sql', 'c', 1)",
  );
  record.run("1");
  expect(() => record.run("2")).toThrow("UNIQUE");
});

test("there is no second stamp", async () => {
  const db = await openNew();
  expect(() => db.exec("INSERT INTO sys_stamp SELECT 2, tenant_id, created_at FROM sys_stamp")).toThrow(
    "CHECK",
  );
});
