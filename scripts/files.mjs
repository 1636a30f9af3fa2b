import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders that programs make. */
export const made = new Set([
  ".cache",
  ".freehold",
  ".git",
  ".next",
  ".node",
  "node_modules",
  "playwright-report",
  "test-results",
]);

/** Every file and folder below `root` that people wrote, as sorted paths with forward slashes. */
export function sourcePaths(root, folder = "") {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    ({ name }) => !made.has(name),
  );
  return entries
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      return entry.isDirectory() ? [path, ...sourcePaths(root, path)] : [path];
    })
    .toSorted();
}

/** The settings of drizzle-kit, one file per lineage of migrations. */
export function drizzleConfigs(root) {
  if (!existsSync(join(root, "drizzle"))) return [];
  return sourcePaths(root, "drizzle").filter((path) => /^drizzle\/[^/]+\/drizzle\.config\.ts$/.test(path));
}
