import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { newId } from "@/server/kernel/ids";

/** What bounds every creation of a file: a copy of one as large, synced with its directory, one after the other. */
export function durableCopies(databases: string, copies: string): { bytes: number; copy(): void } {
  const name = readdirSync(databases).find((entry) => entry.endsWith(".db"));
  if (name === undefined) throw new Error(`${databases} has no database to copy.`);
  mkdirSync(copies, { recursive: true });
  const source = join(databases, name);
  return {
    bytes: statSync(source).size,
    copy() {
      const path = join(copies, `${newId()}.db`);
      copyFileSync(source, path, constants.COPYFILE_FICLONE);
      for (const target of [path, copies]) {
        const descriptor = openSync(target, "r");
        fsyncSync(descriptor);
        closeSync(descriptor);
      }
    },
  };
}
