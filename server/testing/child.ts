import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface ChildResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

const root = join(import.meta.dirname, "../..");

/** How `bin/freehold` reads TypeScript. */
export const typescript = ["--import", pathToFileURL(join(root, "scripts/typescript.mjs")).href];

/** Runs a TypeScript file of the tree as a process of its own and waits for its end, however it ends. */
export function runChild(
  file: string,
  options: { args?: string[]; env?: Record<string, string>; input?: string | undefined } = {},
): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [...typescript, join(import.meta.dirname, file), ...(options.args ?? [])],
      {
        env: {
          PATH: process.env.PATH ?? "",
          HOME: process.env.HOME ?? "",
          NODE_ENV: "production",
          ...options.env,
        },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    child.stdin.on("error", () => {}).end(options.input);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
