import { lstatSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { Semaphore } from "async-mutex";
import { isDatabaseName } from "@/server/kernel/database-name";
import { ensurePrivateDirectory } from "@/server/kernel/data-directory";
import { DomainError } from "@/server/kernel/errors";

/** Where databases live: files `env_….db` in `root`, unpublished ones in `tmp` on the same file system. */
export interface Layout {
  root: string;
  tmp: string;
  /** Held while a file is open, so that no load uses up the process's file descriptors. */
  handles: Semaphore;
}

export const mostHandles = 32;

/** What SQLite may keep beside a database. */
export const sidecarSuffixes = ["-wal", "-shm", "-journal"] as const;

export function prepareLayout(directory: string): Layout {
  ensurePrivateDirectory(directory);
  const root = realpathSync.native(directory);
  const tmp = join(root, "tmp");
  ensurePrivateDirectory(tmp);
  if (realpathSync.native(tmp) !== tmp) throw new Error(`${tmp} must be a directory, not a link to one.`);
  return { root, tmp, handles: new Semaphore(mostHandles) };
}

export function databasePath(layout: Layout, databaseName: string): string {
  if (!isDatabaseName(databaseName)) throw new DomainError("invalid", "This is not the name of a database.");
  return join(layout.root, `${databaseName}.db`);
}

/** What lies at the path itself, links not followed, or undefined when nothing does. */
export function look(path: string) {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Bytes on disk: the database and its write-ahead log. */
export function sizeOnDisk(path: string): number {
  return (look(path)?.size ?? 0) + (look(`${path}-wal`)?.size ?? 0);
}
