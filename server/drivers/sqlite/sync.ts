import { closeSync, fdatasync, fsync, openSync } from "node:fs";
import { promisify } from "node:util";

// Only the syncs leave the thread, as they wait for the disk. The other calls take
// microseconds, less than the way to the thread pool and back.

/** A file with all that is known of it, or a directory. */
export const sync = promisify(fsync);

/** The bytes of a file whose size and place are on the disk already. */
export const syncBytes = promisify(fdatasync);

export async function syncDirectory(path: string): Promise<void> {
  const directory = openSync(path, "r");
  try {
    await sync(directory);
  } finally {
    closeSync(directory);
  }
}
