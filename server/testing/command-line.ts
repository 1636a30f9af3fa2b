import { spawn } from "node:child_process";
import { runChild, typescript, type ChildResult } from "./child";

const program = "../../bin/cli/main.ts";

/** Runs `freehold` to its end. Nobody is at its terminal: there is none. */
export function runCommand(
  args: string[],
  env: Record<string, string>,
  input?: string,
): Promise<ChildResult> {
  return runChild(program, { args, env, input });
}

/** Starts a `freehold` that does not end by itself. `stop` asks it to, and gives its exit code. */
export function startCommand(
  args: string[],
  env: Record<string, string>,
): { stop(): Promise<number | null> } {
  const child = spawn(process.execPath, [...typescript, "bin/cli/main.ts", ...args], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      NODE_ENV: "production",
      ...env,
    },
    stdio: "ignore",
  });
  const closed = new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  return {
    stop() {
      child.kill("SIGTERM");
      return closed;
    },
  };
}
