import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Program {
  pid: number;
  /** The next line that it says, read as JSON. */
  next(): Promise<unknown>;
  /** Sends it an empty line. */
  nudge(): void;
  kill(): void;
}

/** A TypeScript file of the tree as a process of its own, which is talked to in lines. */
export function startProgram(file: string, args: string[]): Program {
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${file} ended without a word.`);
      return JSON.parse(value);
    },
    nudge: () => void child.stdin.write("\n"),
    kill: () => void child.kill("SIGKILL"),
  };
}
