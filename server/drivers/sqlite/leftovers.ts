import { readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { uniqueBytes } from "@/server/kernel/random";
import { look, sidecarSuffixes, type Layout } from "./layout";

/** The beginning of the names of files that were made in advance. No database is called like that. */
export const blankPrefix = "blank.";

/** A new name for an unpublished file; whose creation it belongs to stays readable. */
export function unpublishedPath(layout: Layout, databaseName: string): string {
  return join(/* turbopackIgnore: true */ layout.tmp, `${databaseName}.${uniqueBytes(8).toString("hex")}`);
}

/** The database's name that an unpublished file was made for. */
export function intendedName(entry: string): string {
  return entry.split(".", 1)[0] ?? entry;
}

/** Removes what interrupted creations of this database left. A link to a published file goes too, the file stays. */
export function removeUnpublished(layout: Layout, databaseName: string): void {
  for (const entry of readdirSync(layout.tmp)) {
    if (intendedName(entry) === databaseName) unlinkIfThere(join(layout.tmp, entry));
  }
}

/** Removes the name that a published file had as a blank, which a power cut can bring back. */
export function removeBlankLinks(layout: Layout, inode: number): void {
  for (const entry of readdirSync(layout.tmp)) {
    const path = join(layout.tmp, entry);
    if (entry.startsWith(blankPrefix) && look(path)?.ino === inode) unlinkIfThere(path);
  }
}

/** Removes a dropped predecessor's journals: SQLite would replay them into the new database. */
export function removeStaleSidecars(path: string): void {
  if (look(path)) return;
  for (const suffix of sidecarSuffixes) {
    if (look(path + suffix)) unlinkIfThere(path + suffix);
  }
}

export function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isNodeError(error, "ENOENT")) throw error;
  }
}

export function isNodeError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
