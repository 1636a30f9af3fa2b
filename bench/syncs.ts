import { spawnSync } from "node:child_process";
import { withScratchDirectory } from "./measure";

// Both end before the write-ahead log is long enough for a checkpoint, which costs two more, once in many.
const few = 5;
const more = 55;

/**
 * Syncs that one provisioning costs, by counting the system calls of two processes that
 * differ only in how many they do. Null where there is no strace, or it may not trace.
 */
export async function syncsPerProvision(): Promise<number | null> {
  const [low, high] = [await syncsOf(few), await syncsOf(more)];
  return low === null || high === null ? null : (high - low) / (more - few);
}

async function syncsOf(count: number): Promise<number | null> {
  return withScratchDirectory(async (directory) => {
    const traced = spawnSync(
      "strace",
      [
        "-f",
        "-qq",
        "-e",
        "trace=fsync,fdatasync",
        process.execPath,
        "--import",
        "./scripts/typescript.mjs",
        "bench/provision-child.ts",
        String(count),
      ],
      {
        encoding: "utf8",
        env: { ...process.env, FREEHOLD_DATA_DIR: directory },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    if (traced.error || traced.status !== 0) return null;
    return traced.stderr.split("\n").filter((line) => /\bf(data)?sync\(/.test(line)).length;
  });
}
