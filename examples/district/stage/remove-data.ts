import { createHash } from "node:crypto";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

const homesOfRoot = ["/var/lib/freehold", "/tmp/freehold"];

/** Removes a data directory of Freehold's. When it ran as root, its Postgres has files outside of it. */
export function removeData(dataDir: string): void {
  if (!existsSync(dataDir)) return;
  const hash = createHash("sha256").update(realpathSync.native(dataDir)).digest("hex").slice(0, 8);
  const outside = process.getuid?.() === 0 ? homesOfRoot.map((home) => join(home, `postgres-${hash}`)) : [];
  for (const folder of [dataDir, ...outside]) rmSync(folder, { recursive: true, force: true });
}
