import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A program that runs in a project of its own, as someone else's would. */
export interface Program {
  lines(): string[];
  /** When it has ended by itself, with what it said last. */
  ended: Promise<{ code: number | null; error: string }>;
  stop(): void;
}

/** Puts the code into an empty project that has the clients installed, and runs it. */
function startProgram(code: string): Program {
  const project = mkdtempSync(join(tmpdir(), "freehold-project-"));
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "connect.mjs"), code);
  const child = spawn(process.execPath, ["connect.mjs"], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "production" },
  });
  let output = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
  const ended = once(child, "close").then(([status]) => {
    rmSync(project, { recursive: true, force: true });
    return { code: typeof status === "number" ? status : null, error };
  });
  return { lines: () => output.split("\n").filter(Boolean), ended, stop: () => void child.kill() };
}

/** Runs it to its end. */
export async function runProgram(
  code: string,
): Promise<{ code: number | null; output: string; error: string }> {
  const program = startProgram(code);
  const { code: status, error } = await program.ended;
  return { code: status, error, output: program.lines().join("\n") };
}

/** A program that opens the database again and again until it is refused: one line for each time. */
export function loopWith(url: string, secret: string): Program {
  return startProgram(`import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "@libsql/client";

const client = createClient({ url: ${JSON.stringify(url)}, authToken: ${JSON.stringify(secret)} });
for (let round = 1; ; round++) {
  await client.execute("select count(*) from sys_stamp");
  console.log(round);
  await pause(20);
}
`);
}
