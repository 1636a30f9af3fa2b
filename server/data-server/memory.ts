import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);
const pageBytes = 4096;

/** Memory that a process has in use, in bytes; 0 when it is gone. */
export async function residentBytes(pid: number): Promise<number> {
  try {
    if (process.platform !== "linux") return await askPs(pid);
    const [, resident] = readFileSync(`/proc/${pid}/statm`, "latin1").split(" ");
    return Number(resident) * pageBytes;
  } catch {
    return 0;
  }
}

async function askPs(pid: number): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) * 1024;
}
