import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a running server says of itself in its data directory. */
export interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

const pathOf = (data: string) => join(data, "postmaster.pid");

/** Null when no server runs, or the file is being written. */
export function readPostmaster(data: string): Postmaster | null {
  const lines = readLines(pathOf(data));
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port, isReady: lines[7]?.trim() === "ready" };
}

/**
 * Removes the file of a server that is gone when its number has gone to another process, as
 * happens in a container that starts again. Postgres itself takes any process for the server.
 */
export function forgetStranger(data: string): void {
  const postmaster = readPostmaster(data);
  const commandLine = postmaster && `/proc/${postmaster.pid}/cmdline`;
  if (!commandLine || !existsSync(commandLine)) return;
  if (!readFileSync(commandLine, "utf8").includes(data)) rmSync(pathOf(data), { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
