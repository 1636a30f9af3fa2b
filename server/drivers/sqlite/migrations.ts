import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Migration {
  file: string;
  sql: string;
  /** SHA-256 of the file's text, in hex. */
  checksum: string;
}

/** The migrations of the system schema, in the order in which they apply. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  if (files.length === 0) throw new Error(`${folder} holds no migrations.`);
  return files.map((file) => {
    const sql = readFileSync(join(folder, file), "utf8");
    return { file, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}
