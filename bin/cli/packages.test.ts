import { cpSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommand } from "@/server/testing/command-line";
import { createCommandWorld, type CommandWorld } from "@/server/testing/command-world";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

let world: CommandWorld;
let access: Record<string, string>;
let member: Record<string, string>;
const students = resolve("examples/packages/students");

beforeAll(async () => {
  world = await createCommandWorld();
  const operator = await world.person("Operator", { isOperator: true });
  const ann = await world.person("Ann");
  await world.organization(operator, "Acme");
  await world.settle();
  access = await world.accessOf(operator);
  member = await world.accessOf(ann);
});
afterAll(() => world.end());

const freehold = (...args: string[]) => runCommand(["package", ...args], access);

test("a folder is checked without a server, and what is wrong is said with file, line and remedy", async () => {
  const nowhere = { XDG_CONFIG_HOME: world.home };
  expect(await runCommand(["package", "check", students], nowhere)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("com.example.students 1.1.0 is sound for sqlite and postgres"),
  });
  const broken = join(world.home, "broken");
  cpSync(students, broken, { recursive: true });
  writeFileSync(join(broken, "migrations/0005_trouble.sql"), "\n\nPRAGMA foreign_keys = OFF;\n");
  const refused = await runCommand(["package", "check", broken], nowhere);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^migrations\/0005_trouble\.sql:3: /);
});

test("a package is published, shown, rehearsed, installed and deprecated", async () => {
  const name = "com.example.students";
  expect(await freehold("publish", students)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^com\.example\.students 1\.1\.0 is published/),
  });
  expect((await freehold("publish", students)).stdout).toContain("already published");
  expect((await freehold("list")).stdout).toContain("1.1.0");
  expect((await freehold("show", name)).stdout).toContain("published");
  const rehearsed = await freehold("install", name, "acme/prod", "--version", "1.1.0", "--dry-run");
  expect(rehearsed.stdout).toContain("CREATE TABLE students");
  expect(rehearsed.stdout).toContain("Nothing was changed");
  expect((await freehold("installed", "acme/prod")).stdout).toContain("It has no package yet");

  expect(await freehold("install", name, "acme/prod", "--yes")).toMatchObject({ code: 0 });
  await world.settle();
  const listed = JSON.parse((await freehold("installed", "acme/prod", "--json")).stdout) as unknown;
  expect(JSON.stringify(listed)).toContain('"observed_version":"1.1.0"');

  const deprecated = await freehold("deprecate", name, "1.1.0", "--reason", "It loses rows.", "--yes");
  expect(deprecated).toMatchObject({ code: 0 });
  const refused = await freehold("install", name, "acme/prod", "--version", "1.1.0", "--yes");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("It loses rows.") });
});

test("who is no operator does not publish", async () => {
  expect(await runCommand(["package", "publish", students], member)).toMatchObject({ code: 1, stdout: "" });
});
