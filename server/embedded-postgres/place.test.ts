import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { preparePlace } from "./place";

const asRoot = process.getuid?.() === 0;

function scratch(mode: number): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "freehold-place-")));
  chmodSync(directory, mode);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test("a place is in the home that is asked for, and each data directory has its own there", () => {
  const home = scratch(0o711);
  const [first, second] = [preparePlace(scratch(0o700), home), preparePlace(scratch(0o700), home)];
  expect([dirname(first.root), dirname(second.root)]).toEqual([home, home]);
  expect(first.root).not.toBe(second.root);
});

test("files in the old place are not left behind: the way to the new one is told", () => {
  const [dataDir, home] = [scratch(0o700), scratch(0o711)];
  const before = preparePlace(dataDir).root;
  onTestFinished(() => rmSync(before, { recursive: true, force: true }));
  mkdirSync(join(before, "data"));
  const refusal = told(() => preparePlace(dataDir, home));
  expect(refusal).toContain(`The files of this Postgres are in ${before}.`);
  const [, after = ""] = /Move that folder to (.+)\.$/.exec(refusal) ?? [];
  execFileSync("mv", [before, after]);
  expect(preparePlace(dataDir, home).root).toBe(after);
  expect(existsSync(join(after, "data"))).toBe(true);
});

function told(attempt: () => unknown): string {
  try {
    attempt();
    return "";
  } catch (error) {
    return String(error);
  }
}

test.runIf(asRoot)("root is told of a home that its Postgres cannot reach", () => {
  expect(() => preparePlace(scratch(0o700), scratch(0o700))).toThrow("chmod o+x");
});
