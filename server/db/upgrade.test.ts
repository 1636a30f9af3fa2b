import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { openDb } from "./client";
import { migrateControlPlane } from "./migrate";

const migrations = "drizzle/control/migrations";
const Journal = z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) });

/** The migrations up to and with this one, as an older version had them. */
function migrationsUntil(tag: string): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(migrations, folder, { recursive: true });
  const path = join(folder, "meta/_journal.json");
  const journal = Journal.parse(JSON.parse(readFileSync(path, "utf8")));
  const last = journal.entries.findIndex((entry) => entry.tag === tag);
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  return folder;
}

async function older() {
  const directory = mkdtempSync(join(tmpdir(), "freehold-upgrade-"));
  const db = await openDb(`file:${join(directory, "control.db")}`);
  onTestFinished(() => {
    db.$client.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await migrateControlPlane(db, migrationsUntil("0003_findings"));
  await db.$client.executeMultiple(`
    INSERT INTO user (id, name, email, created_at, updated_at) VALUES ('u', 'Ann', 'ann@example.test', 1, 1);
    INSERT INTO organization (id, name, slug, region, created_at, updated_at) VALUES ('o', 'Acme', 'acme', 'eu-west', 1, 1);
    INSERT INTO member (id, organization_id, user_id, role, created_at) VALUES ('m', 'o', 'u', 'owner', 1);
    INSERT INTO sys_environment (id, organization_id, slug, name, env_type, region, is_default, status, hostname, created_at, updated_at)
      VALUES ('e', 'o', 'prod', 'Production', 'production', 'eu-west', 1, 'active', 'acme-prod.localhost', 1, 1);
    INSERT INTO sys_environment_database (id, environment_id, database_name, isolation, driver, region, storage_limit_mb, created_at, updated_at)
      VALUES ('d', 'e', 'env_e', 'dedicated', 'sqlite', 'eu-west', 10, 1, 1);
    INSERT INTO sys_environment_member (id, environment_id, organization_id, user_id, role, created_at)
      VALUES ('em', 'e', 'o', 'u', 'env_admin', 1);
    INSERT INTO sys_operation (id, saga, status, environment_id, subject, input, actor_kind, actor_label, request_id, run_after, created_at)
      VALUES ('op', 'delete-environment', 'queued', 'e', 'acme/prod', '{}', 'user', 'ann', 'r', 1, 1);
  `);
  return db;
}

test("an older registry keeps its rows, and its databases are on the cluster of files", async () => {
  const db = await older();
  await migrateControlPlane(db);
  const count = async (table: string) =>
    Number((await db.$client.execute(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.["n"]);
  for (const table of ["sys_environment", "sys_environment_database", "sys_environment_member", "member"])
    expect([table, await count(table)]).toEqual([table, 1]);
  const { rows } = await db.$client.execute(
    "SELECT c.slug, c.database_count FROM sys_environment_database d JOIN sys_cluster c ON c.id = d.cluster_id",
  );
  expect(rows).toMatchObject([{ slug: "files", database_count: 1 }]);
  expect((await db.$client.execute("PRAGMA foreign_key_check")).rows).toEqual([]);
  expect((await db.$client.execute("SELECT lock_key FROM sys_operation")).rows).toMatchObject([
    { lock_key: "e" },
  ]);
});

const guards = {
  "an environment's slug stays": "UPDATE sys_environment SET slug = 'other'",
  "the default environment stays": "DELETE FROM sys_environment",
  "a status changes along the edges": "UPDATE sys_environment SET status = 'provisioning'",
  "a database keeps its name": "UPDATE sys_environment_database SET database_name = 'other'",
  "a second default is refused": `INSERT INTO sys_environment (id, organization_id, slug, name, env_type, region, is_default, status, hostname, created_at, updated_at)
    VALUES ('f', 'o', 'second', 'Second', 'test', 'eu-west', 1, 'active', 'second.localhost', 1, 1)`,
};

test.for(Object.entries(guards))("after the upgrade %s", async ([, statement]) => {
  const db = await older();
  await migrateControlPlane(db);
  await expect(db.$client.execute(statement)).rejects.toThrow(/freehold:|UNIQUE|FOREIGN/);
});
