import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "./lock.mjs";

let directory;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "freehold-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("two holders never overlap", async () => {
  const lock = join(directory, "lock");
  const events = [];
  const hold = (name) =>
    withLock(lock, async () => {
      events.push(`${name} begins`);
      await new Promise(setImmediate);
      events.push(`${name} ends`);
    });
  await Promise.all([hold("a"), hold("b")]);
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("the lock of a process that died is taken over", async () => {
  const lock = join(directory, "lock");
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  mkdirSync(lock);
  writeFileSync(join(lock, "pid"), String(pid));
  expect(await withLock(lock, () => "mine")).toBe("mine");
});

test("work that fails gives the lock back", async () => {
  const lock = join(directory, "lock");
  await expect(withLock(lock, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await withLock(lock, () => "mine")).toBe("mine");
});
