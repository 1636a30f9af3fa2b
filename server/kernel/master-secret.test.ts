import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { inspect } from "node:util";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { secretFromFile } from "./master-secret";

let directory: string;
const database = () => `file:${join(directory, "control.db")}`;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "freehold-secret-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("it is written once, for its owner alone, and read from then on", () => {
  const first = secretFromFile(directory, database()).reveal();
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(statSync(join(directory, "secret")).mode & 0o777).toBe(0o600);
  expect(secretFromFile(directory, database()).reveal()).toBe(first);
});

test("it is never made anew beside an existing registry", () => {
  writeFileSync(join(directory, "control.db"), "");
  expect(() => secretFromFile(directory, database())).toThrow(/Put the secret back/);
});

test("a remote registry needs a secret that all instances share", () => {
  expect(() => secretFromFile(directory, "libsql://example.test")).toThrow(/Set FREEHOLD_SECRET/);
});

test("a damaged file is refused, not used", () => {
  writeFileSync(join(directory, "secret"), "short\n");
  expect(() => secretFromFile(directory, database())).toThrow(/damaged/);
});

test("it cannot be printed", () => {
  const secret = secretFromFile(directory, database());
  const value = readFileSync(join(directory, "secret"), "utf8").trim();
  for (const printed of [String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 9 })]) {
    expect(printed).not.toContain(value);
  }
});
