import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommand } from "@/server/testing/command-line";
import { createCommandWorld, type CommandWorld } from "@/server/testing/command-world";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

let world: CommandWorld;
let access: Record<string, string>;

beforeAll(async () => {
  world = await createCommandWorld();
  const ann = await world.person("Ann");
  await world.organization(ann, "Acme");
  await world.settle();
  access = await world.accessOf(ann);
});
afterAll(() => world.end());

const freehold = (...args: string[]) => runCommand(["options", ...args], access);

test("options are set, shown, told of, put back and cleared", async () => {
  expect((await freehold("list", "acme/prod")).stdout).toContain("It has no options yet.");
  const first = '{"perOrder":5,"mail":{"from":"shop@example.com"}}';
  expect(await freehold("set", "checkout", "acme/prod", "--value", first, "--reason", "Sale")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("checkout of acme/prod is at version 1."),
  });
  const file = join(world.home, "overlay.json");
  writeFileSync(file, '{"perOrder":6,"mail":null}');
  expect(await freehold("set", "checkout", "acme/prod", "--file", file, "--expect", "1")).toMatchObject({
    code: 0,
  });
  const late = await freehold("set", "checkout", "acme/prod", "--value", "{}", "--expect", "1");
  expect(late).toMatchObject({ code: 1, stderr: expect.stringContaining("made version 2 of it") });

  const shown = await freehold("show", "checkout", "acme/prod", "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject({
    version: 2,
    value: { perOrder: 6 },
    effective: { perOrder: 6 },
  });
  expect((await freehold("show", "checkout", "acme/prod", "--version", "1")).stdout).toContain(
    "shop@example.com",
  );
  const told = (await freehold("history", "checkout", "acme/prod")).stdout;
  expect(told).toContain("perOrder 5 → 6");
  expect(told).toContain("-mail.from");
  expect(told).toContain("Sale");

  expect((await freehold("restore", "checkout", "1", "acme/prod")).stdout).toContain("at version 3.");
  const rehearsed = await freehold("clear", "checkout", "acme/prod", "--dry-run");
  expect(rehearsed.stdout).toContain("Nothing was changed.");
  expect((await freehold("clear", "checkout", "acme/prod", "--yes")).stdout).toContain("at version 4.");
  expect((await freehold("list", "acme/prod")).stdout).toMatch(/checkout +defaults +4/);
});

test("what cannot be an overlay is refused in one sentence", async () => {
  for (const [args, says] of [
    [["set", "mail", "acme/prod", "--value", "{"], "The overlay is not JSON"],
    [["set", "mail", "acme/prod"], "Give either --value or --file."],
    [["set", "mail", "acme/prod", "--value", '{"apiKey":"x"}'], "apiKey looks like a secret"],
    [["set", "Mail", "acme/prod", "--value", "{}"], "lower-case letters"],
    [["restore", "mail", "first", "acme/prod"], "first is not a version"],
    [["set", "mail", "acme/prod", "--value", "{}", "--expect", ""], "is not a version"],
    [["set", "mail", "acme/prod", "--file", join(world.home, "nothing.json")], "cannot be read"],
  ] as const) {
    const refused = await freehold(...args);
    expect({ code: refused.code, stdout: refused.stdout, stderr: refused.stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(says),
    });
  }
});
