import { closeSync, constants, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./postmaster";

/**
 * Postgres stays for as long as somebody holds the writing end of a FIFO, which its guard
 * reads: the system closes the end of a process that ends, in whatever way it ends.
 */
export interface Ends {
  reading: number;
  writing: number;
}

/** Both ends, for who starts the guard: it gets the reading one. */
export function openEnds(path: string): Ends {
  // With this end open, neither of the others waits for its counterpart.
  const both = openSync(path, constants.O_RDWR);
  try {
    const reading = openSync(path, constants.O_RDONLY);
    return { reading, writing: openSync(path, constants.O_WRONLY) };
  } finally {
    closeSync(both);
  }
}

/** Joins those who hold the server; null when no guard reads. */
export function joinHolders(path: string): number | null {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENXIO") return null;
    throw error;
  }
}

/** Whether a guard reads, without staying. */
export function hasGuard(path: string): boolean {
  const joined = joinHolders(path);
  if (joined !== null) closeSync(joined);
  return joined !== null;
}

let count = 0;

/** Leaves a note beside the FIFO that this process holds the server. Gives its path. */
export function noteHolder(holders: string): string {
  const directory = `${holders}.d`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const note = join(directory, `${process.pid}.${(count += 1)}`);
  writeFileSync(note, "");
  return note;
}

/** Whether somebody has a note there; those of processes that are gone are removed. */
export function isHeld(holders: string): boolean {
  const directory = `${holders}.d`;
  return readdirSync(directory).some((note) => {
    if (isAlive(Number.parseInt(note, 10))) return true;
    rmSync(join(directory, note), { force: true });
    return false;
  });
}
