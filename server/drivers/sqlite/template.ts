import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { newId } from "@/server/kernel/ids";
import type { Layout } from "./layout";
import { readMigrations, type Migration } from "./migrations";
import { applicationId } from "./read";

// Both stand where a creation writes its own values of the same width: 36 characters, and a 6-byte integer.
const placeholderTenant = "00000000-0000-4000-8000-000000000000";
const placeholderMoment = 0x5a_17_c3_e9_d2_b4;
const momentBytes = 6;

export interface Template {
  schemaVersion: number;
  /** Of every new database. */
  sizeBytes: number;
  /** The bytes of a new database: the migrated template with the tenant and the moment written in. */
  bytesFor(tenant: string, at: Date): Buffer;
}

/**
 * Runs the migrations once, in a file of its own, and keeps the result in memory. A new
 * database is then a copy with two values changed, and costs what writing a file costs.
 */
export function buildTemplate(layout: Layout, migrationsFolder: string): Template {
  const migrations = readMigrations(migrationsFolder);
  const directory = mkdtempSync(join(layout.tmp, "template-"));
  try {
    const original = migrate(join(directory, "original.db"), migrations);
    const tenantOffsets = offsetsOf(original, Buffer.from(placeholderTenant, "latin1"));
    const momentOffsets = offsetsOf(original, bytesOf(placeholderMoment));
    if (tenantOffsets.length !== 1 || momentOffsets.length !== migrations.length + 1) {
      throw new Error("The template of a new database does not hold its placeholders where they belong.");
    }
    const template: Template = {
      schemaVersion: migrations.length,
      sizeBytes: original.length,
      bytesFor(tenant, at) {
        const bytes = Buffer.from(original);
        for (const offset of tenantOffsets) bytes.write(tenant, offset, "latin1");
        for (const offset of momentOffsets) bytes.writeUIntBE(at.getTime(), offset, momentBytes);
        return bytes;
      },
    };
    prove(join(directory, "copy.db"), template);
    return template;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function migrate(path: string, migrations: Migration[]): Buffer {
  const db = new DatabaseSync(path);
  try {
    db.exec("PRAGMA synchronous = OFF; BEGIN");
    for (const { sql } of migrations) db.exec(sql);
    for (const [index, { file, checksum }] of migrations.entries()) {
      db.prepare(
        "INSERT INTO sys_migration (id, package, version, file, checksum, applied_at) VALUES (?, 'freehold.system', ?, ?, ?, ?)",
      ).run(newId(), String(index + 1), file, checksum, placeholderMoment);
    }
    db.prepare("INSERT INTO sys_stamp (id, tenant_id, created_at) VALUES (1, ?, ?)").run(
      placeholderTenant,
      placeholderMoment,
    );
    db.exec("COMMIT");
    // VACUUM leaves no free page that could hold an old copy of a placeholder.
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; VACUUM`);
  } finally {
    db.close();
  }
  return readFileSync(path);
}

/** Opens a copy made for an invented tenant and fails unless SQLite finds it sound and rightly stamped. */
function prove(path: string, template: Template): void {
  const tenant = newId();
  const at = new Date();
  writeFileSync(path, template.bytesFor(tenant, at));
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const sound = db.prepare("PRAGMA integrity_check").get();
    const stamps = db.prepare("SELECT tenant_id, created_at FROM sys_stamp").all();
    const moments = db.prepare("SELECT DISTINCT applied_at FROM sys_migration").all();
    const found = JSON.stringify([sound, stamps, moments]);
    const expected = JSON.stringify([
      { integrity_check: "ok" },
      [{ tenant_id: tenant, created_at: at.getTime() }],
      [{ applied_at: at.getTime() }],
    ]);
    if (found !== expected) throw new Error(`The template of a new database is not sound: ${found}`);
  } finally {
    db.close();
  }
}

function bytesOf(moment: number): Buffer {
  const bytes = Buffer.alloc(momentBytes);
  bytes.writeUIntBE(moment, 0, momentBytes);
  return bytes;
}

function offsetsOf(haystack: Buffer, needle: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 1)) offsets.push(at);
  return offsets;
}
