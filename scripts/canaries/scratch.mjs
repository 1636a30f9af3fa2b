import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { made } from "../files.mjs";
import { run } from "../lifetime.mjs";
import { root } from "../node24.mjs";

const plainOutput = { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" };

/** Everything that people wrote. */
export const allSources = readdirSync(root).filter((name) => !made.has(name));

/**
 * Makes a tree outside the work tree with the same packages, for the time of `use`. It gets
 * copies of the files and folders in `copied`, and the files of `seeds`, text by path.
 */
export async function withScratch({ copied, seeds = {} }, use) {
  const scratch = mkdtempSync(join(tmpdir(), "freehold-canary-"));
  try {
    for (const name of copied) cpSync(join(root, name), join(scratch, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
    for (const [path, text] of Object.entries(seeds)) plant(scratch, path, text);
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes one file into a scratch tree. */
export function plant(scratch, path, text) {
  mkdirSync(dirname(join(scratch, path)), { recursive: true });
  writeFileSync(join(scratch, path), text);
}

/** Runs a program of the packages, or of the tree's own scripts, in a scratch tree. */
export function runIn(scratch, program, ...args) {
  return run(process.execPath, [join(scratch, program), ...args], {
    cwd: scratch,
    quiet: true,
    env: plainOutput,
  });
}
