import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommand } from "@/server/testing/command-line";
import { createCommandWorld, type CommandWorld } from "@/server/testing/command-world";

vi.setConfig({ testTimeout: 120_000 });

let world: CommandWorld;
let access: Record<string, string>;
let prod: string;

beforeAll(async () => {
  world = await createCommandWorld({ isServed: true });
  const ann = await world.person("Ann");
  prod = (await world.organization(ann, "Acme")).environment.id;
  await world.settle();
  access = await world.accessOf(ann);
});
afterAll(() => world.end());

const issue = (...args: string[]) => runCommand(["token", "issue", ...args], access);

test("token issue prints the token for a pipe, and says what it is beside it", async () => {
  const { code, stdout, stderr } = await issue("-e", "acme/prod", "--audience", "students");
  expect(code).toBe(0);
  expect(decodeJwt(stdout.trim())).toMatchObject({ aud: "students", tid: prod });
  expect(stderr).toMatch(/^A token for students\. It ends .+\.\n$/);
});

test("token issue needs an audience, and an environment of one's own", async () => {
  expect(await issue("-e", "acme/prod")).toMatchObject({ code: 2, stdout: "" });
  expect(await issue("-e", "acme/else", "--audience", "a")).toMatchObject({ code: 1, stdout: "" });
});
