import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  open,
  openSync,
  readdirSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { failpoint } from "@/server/kernel/failpoint";
import { logger } from "@/server/kernel/logger";
import { uniqueBytes } from "@/server/kernel/random";
import { look, type Layout } from "./layout";
import { blankPrefix, isNodeError, unlinkIfThere } from "./leftovers";
import { sync, syncBytes } from "./sync";

/**
 * Files as large as a new database, written and synced in advance. A creation writes over one in
 * place, which the disk takes in half the time that a fresh file needs: only its bytes are new.
 */
export interface Blanks {
  /** One that durably holds the bytes now; undefined when none is left. */
  fill(bytes: Buffer): Promise<Blank | undefined>;
  /** Makes what is missing once half of them are used up. Never rejects. */
  refill(): Promise<void>;
  /** Removes all of them. */
  close(): Promise<void>;
}

interface Blank {
  path: string;
  inode: number;
}

/** Other processes' blanks are their own until they are as old as this; then nobody is there to use them. */
const staleMs = 3_600_000;

const makeFile = promisify<string, string, number, number>(open);

export function keepBlanks(layout: Layout, { count, bytes }: { count: number; bytes: number }): Blanks {
  const ready: Blank[] = [];
  // Zeros are what some file systems keep no blocks for.
  const blankness = Buffer.alloc(bytes, 0xff);
  let filling: Promise<void> | null = null;
  let isClosing = false;

  /** All are written before the first is synced, as one sync of the journal then does for all. */
  async function make(missing: number): Promise<void> {
    const unsynced: (Blank & { file: number })[] = [];
    try {
      while (unsynced.length < missing && !isClosing) unsynced.push(await write(layout, blankness));
      for (let next = unsynced[0]; next; next = unsynced[0]) {
        await sync(next.file);
        closeSync(next.file);
        unsynced.shift();
        ready.push(next);
      }
    } finally {
      for (const { path, file } of unsynced) {
        closeSync(file);
        unlinkIfThere(path);
      }
    }
  }

  async function makeMissing(): Promise<void> {
    removeStale(layout);
    const missing = count - ready.length;
    await layout.handles.runExclusive(() => make(missing), missing);
  }

  return {
    async fill(content) {
      for (let blank = ready.shift(); blank; blank = ready.shift()) {
        if (await writeOverSafely(layout, blank, content)) return blank;
      }
      return undefined;
    },
    async refill() {
      if (count === 0 || isClosing || ready.length > count / 2) return;
      filling ??= makeMissing()
        .catch((error: unknown) => logger.warn({ err: error }, "no file could be made in advance"))
        .finally(() => (filling = null));
      await filling;
    },
    async close() {
      isClosing = true;
      await filling;
      for (const { path } of ready.splice(0)) unlinkIfThere(path);
    },
  };
}

/** Opened off the thread: making a file waits for the journal of the file system while a creation syncs it. */
async function write(layout: Layout, content: Buffer): Promise<Blank & { file: number }> {
  const path = join(layout.tmp, `${blankPrefix}${uniqueBytes(8).toString("hex")}`);
  const file = await makeFile(path, "wx", 0o600);
  try {
    const { ino, mode } = fstatSync(file);
    if ((mode & 0o777) !== 0o600) fchmodSync(file, 0o600);
    writeFileSync(file, content);
    return { path, inode: ino, file };
  } catch (error) {
    closeSync(file);
    unlinkIfThere(path);
    throw error;
  }
}

/** False when nothing can be said of it; a fresh file will tell what is wrong with the disk. */
async function writeOverSafely(layout: Layout, blank: Blank, bytes: Buffer): Promise<boolean> {
  try {
    return await writeOver(layout, blank, bytes);
  } catch (error) {
    logger.warn({ err: error }, "a file made in advance cannot be written");
    unlinkIfThere(blank.path);
    return false;
  }
}

/** False when it is not the file any more that was made. */
async function writeOver(layout: Layout, { path, inode }: Blank, bytes: Buffer): Promise<boolean> {
  return layout.handles.runExclusive(async () => {
    const file = openIfThere(path);
    if (file === undefined) return false;
    try {
      const { ino, size, nlink } = fstatSync(file);
      if (ino !== inode || size !== bytes.length || nlink !== 1) return false;
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at);
      failpoint("sqlite.create.written");
      await syncBytes(file);
      return true;
    } finally {
      closeSync(file);
    }
  });
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDWR | constants.O_NOFOLLOW);
  } catch (error) {
    if (isNodeError(error, "ENOENT") || isNodeError(error, "ELOOP")) return undefined;
    throw error;
  }
}

/** Gives it the new name, from when on it is a creation's own. False when it is not there any more. */
export function claimBlank({ path, inode }: Blank, to: string): boolean {
  try {
    renameSync(path, to);
  } catch (error) {
    if (isNodeError(error, "ENOENT")) return false;
    throw error;
  }
  const found = look(to);
  if (found?.ino === inode && found.isFile() && found.nlink === 1) return true;
  unlinkIfThere(to);
  return false;
}

function removeStale(layout: Layout): void {
  for (const entry of readdirSync(layout.tmp)) {
    if (!entry.startsWith(blankPrefix)) continue;
    const path = join(layout.tmp, entry);
    if (Date.now() - (look(path)?.mtimeMs ?? Date.now()) > staleMs) unlinkIfThere(path);
  }
}
