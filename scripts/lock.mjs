// Runs on any Node from 18 on: built-ins only.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const unownedForMs = 10_000;
const silentForMs = 3000;

/** Does `work` while no other process of this machine holds the lock directory. */
export async function withLock(directory, work) {
  for (let waitedMs = 0; !take(directory); waitedMs += 200) {
    if (waitedMs === silentForMs)
      process.stderr.write(`Waiting for process ${holder(directory)}, which is at it already.\n`);
    breakIfDead(directory);
    await wait(200);
  }
  const release = () => rmSync(directory, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(directory) {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(directory, "pid"), String(process.pid));
  return true;
}

// Renaming is the claim: of two that find the same dead holder, one removes it.
function breakIfDead(directory) {
  if (!isDead(directory)) return;
  const broken = `${directory}.${process.pid}`;
  try {
    renameSync(directory, broken);
  } catch {
    return;
  }
  rmSync(broken, { recursive: true, force: true });
}

function isDead(directory) {
  try {
    process.kill(holder(directory), 0);
    return false;
  } catch (error) {
    if (error.code === "ESRCH") return true;
    if (error.code === "ENOENT") return ageMs(directory) > unownedForMs;
    return false;
  }
}

function holder(directory) {
  return Number(readFileSync(join(directory, "pid"), "utf8"));
}

function ageMs(directory) {
  try {
    return Date.now() - statSync(directory).mtimeMs;
  } catch {
    return 0;
  }
}
