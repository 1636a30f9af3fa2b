import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import type { Release } from "@/server/packages/content";

// From the working directory, which is the repository's root for everything that starts a server: a
// bundle does not know where this file is.
const program = resolve("server/drivers/sqlite/install-child.ts");
const root = resolve(".");
const longestMs = 10 * 60_000;

const Report = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("done") }),
  z.strictObject({
    type: z.literal("refused"),
    code: z.enum(["precondition", "conflict", "invalid"]),
    message: z.string(),
  }),
]);

/**
 * Applies what is missing of a release, in a process of its own: a file may hold triggers of its
 * tenant, and whatever they do, this process goes on and ends the other when its time is up.
 */
export async function installPackage(
  directory: string,
  identity: DatabaseIdentity,
  release: Release,
): Promise<void> {
  const { failpoint } = env();
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", program], {
    cwd: root,
    env: {
      NODE_ENV: "production",
      ...(failpoint === undefined ? {} : { FREEHOLD_FAILPOINT: failpoint }),
    },
    stdio: ["pipe", "pipe", "inherit"],
    timeout: longestMs,
    killSignal: "SIGKILL",
  });
  const started = Date.now();
  // A child that has just ended; what it wrote, or did not, tells the same.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify({ directory, identity, release }));
  const ended = new Promise<void>((settle, reject) => {
    child.once("error", reject);
    child.once("close", () => settle());
  });
  const [written] = await Promise.all([text(child.stdout), ended]);
  if (written === "" && Date.now() - started >= longestMs)
    throw new DomainError("precondition", "The migration took longer than ten minutes and was stopped.");
  if (written === "") throw new Error("The process that installs packages ended too early.");
  const report = Report.parse(JSON.parse(written));
  if (report.type === "refused") throw new DomainError(report.code, report.message);
}
