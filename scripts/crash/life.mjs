import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../node24.mjs";
import { freePort } from "./free-port.mjs";
import { endLeases } from "./oracle.mjs";

const longestMs = 90_000;

/** `place` is the kind of database that the life works on, and the address of the Postgres where it is one. */
function start(directory, failpoint, { driver, postgresUrl, dataPort }) {
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/typescript.mjs", "server/testing/crash/child.ts", driver],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: "production",
        FREEHOLD_DATA_DIR: directory,
        FREEHOLD_LOG_LEVEL: "trace",
        FREEHOLD_DATA_PORT: String(dataPort),
        ...(driver === "postgres" ? { FREEHOLD_POSTGRES_URL: postgresUrl } : {}),
        ...(failpoint ? { FREEHOLD_FAILPOINT: failpoint } : {}),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const life = { lines: [], stdout: "", stderr: "", code: null, signal: null };
  child.stdout.setEncoding("utf8").on("data", (text) => (life.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (life.stderr += text));
  const timer = setTimeout(() => child.kill("SIGTERM"), longestMs);
  const ended = once(child, "close").then(([code, signal]) => {
    clearTimeout(timer);
    life.lines = life.stdout.split("\n");
    return Object.assign(life, { code, signal });
  });
  return { child, ended };
}

/** Runs a script of the tree to its end. */
export async function runScript(script, args, env) {
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", script, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const result = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (result.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (result.stderr += text));
  const [code] = await once(child, "close");
  return { ...result, code };
}

/** Runs one process to its end: the end of the scenario, or the kill at the failpoint. */
export async function runLife(directory, failpoint, place) {
  return start(directory, failpoint, { ...place, dataPort: await freePort() }).ended;
}

/** Stops a process in its tracks, lets another do all the work, wakes the first, and lets a third look. */
export async function runZombie(directory, afterMs, place) {
  const zombie = start(directory, null, { ...place, dataPort: await freePort() });
  await delay(afterMs);
  await sleepOutsideTransactions(directory, zombie.child);
  const other = await runLife(directory, null, place);
  zombie.child.kill("SIGCONT");
  const woken = await zombie.ended;
  return [woken, other, await runLife(directory, null, place)];
}

/** Asleep inside a transaction it would hold the lock of the file, which no other process could get around. */
async function sleepOutsideTransactions(directory, child) {
  for (;;) {
    child.kill("SIGSTOP");
    try {
      return endLeases(directory);
    } catch (error) {
      if (!/locked/.test(error.message)) throw error;
      child.kill("SIGCONT");
      await delay(3);
    }
  }
}
