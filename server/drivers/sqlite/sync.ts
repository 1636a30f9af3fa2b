import { closeSync, fdatasync, fdatasyncSync, fsync, fsyncSync, openSync } from "node:fs";
import { promisify } from "node:util";

// Only syncs leave the thread, and only where the disk is slow. The other calls take
// microseconds, less than the way to the thread pool and back.

/** A fresh file with all that is known of it. */
export const sync = promisify(fsync);

/** The way to another thread and back is a third of this. */
const fastMs = 0.5;

/** The bytes of a file whose size and place are on the disk already. */
export const syncBytes = inPlaceWhileFast(fdatasyncSync, promisify(fdatasync));

const syncNames = inPlaceWhileFast(fsyncSync, sync);

/** Waits in place, as every commit of the registry does, while the last sync was fast; otherwise off the thread. */
function inPlaceWhileFast(inPlace: (file: number) => void, elsewhere: (file: number) => Promise<void>) {
  let lastMs = Infinity;
  return async (file: number) => {
    const started = performance.now();
    if (lastMs < fastMs) inPlace(file);
    else await elsewhere(file);
    lastMs = performance.now() - started;
  };
}

export async function syncDirectory(path: string): Promise<void> {
  const directory = openSync(path, "r");
  try {
    await syncNames(directory);
  } finally {
    closeSync(directory);
  }
}
