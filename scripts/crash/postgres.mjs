import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../node24.mjs";

/** A Postgres that outlives the processes that are killed. */
export async function startPostgres() {
  const directory = mkdtempSync(join(tmpdir(), "freehold-crash-postgres-"));
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/typescript.mjs", "server/testing/crash/postgres.ts", directory],
    {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production" },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = once(child, "close");
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(() => Promise.reject(new Error("The Postgres of the crash test did not start."))),
  ]);
  return {
    url,
    /** Crashes it and starts it again, while others work with it. */
    restart: () => child.stdin.write("restart\n"),
    async stop() {
      child.stdin.end();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
