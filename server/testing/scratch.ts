import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";
const gibibyte = 2 ** 30;

/** Puts the temporary files of a whole run in one directory, in memory where there is plenty, and removes them. */
export function setup(): () => void {
  const directory = mkdtempSync(join(hasRoom() ? memory : tmpdir(), "freehold-tests-"));
  // Root's Postgres runs as somebody else, who passes through.
  chmodSync(directory, 0o711);
  process.env.TMPDIR = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}

/** Thousands of small files are made and removed, which some file systems of disks take long for. */
function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 2 * gibibyte && process.availableMemory() > 4 * gibibyte;
  } catch {
    return false;
  }
}
