import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Other files run in the same process, one after the other. */
    sharesProcess: boolean;
  }
}

// The process's own, for whatever other files it runs. It is removed with the directory of the whole run.
const directory = join(tmpdir(), `freehold-test-${process.pid}`);
mkdirSync(directory, { recursive: true, mode: 0o700 });
process.env.FREEHOLD_DATA_DIR = directory;
process.env.FREEHOLD_LOG_LEVEL = "silent";

// What the file before this one left in the process.
for (const key of Object.getOwnPropertySymbols(globalThis))
  if (Symbol.keyFor(key)?.startsWith("freehold.")) Reflect.deleteProperty(globalThis, key);

const settings = (): Record<string, unknown> => ({ ...process.env, umask: process.umask() });
const before = settings();
afterAll(() => {
  if (!inject("sharesProcess")) return;
  const now = settings();
  const changed = Object.keys({ ...before, ...now }).filter((name) => now[name] !== before[name]);
  expect(changed, "This file changes its process for the next one: vitest.config.ts must know.").toEqual([]);
});
