import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { newIdentity } from "@/server/drivers/driver.contract";
import type { TenantDriver } from "@/server/drivers/driver";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";

/** A directory of the test's own. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "freehold-sqlite-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function scratchDriver(): { driver: TenantDriver; directory: string } {
  const directory = join(scratchDirectory(), "databases");
  const driver = createSqliteDriver({ directory });
  onTestFinished(() => driver.close());
  return { driver, directory };
}

/** A driver with one database in it. */
export async function scratchDatabase() {
  const { driver, directory } = scratchDriver();
  const identity = newIdentity();
  const { url } = await driver.createDatabase(identity);
  return { driver, directory, identity, path: fileURLToPath(url) };
}
