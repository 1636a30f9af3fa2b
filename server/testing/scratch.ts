import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "@/server/embedded-postgres/postmaster";

const memory = "/dev/shm";
const gibibyte = 2 ** 30;

/** Puts the temporary files of a whole run in one directory, in memory where there is plenty, and removes them. */
export function setup(): (() => void) | undefined {
  const prefix = `freehold-tests-${process.pid}-`;
  // Every project of the run comes by here, and the first of them has made it.
  if (tmpdir().includes(prefix)) return undefined;
  const parent = hasRoom() ? memory : tmpdir();
  removeUnfinished(parent);
  const directory = mkdtempSync(join(parent, prefix));
  // Root's Postgres runs as somebody else, who passes through.
  chmodSync(directory, 0o711);
  process.env.TMPDIR = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}

/** What a run left that was killed, which in memory would stay there. */
function removeUnfinished(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^freehold-tests-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
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
