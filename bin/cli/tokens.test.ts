import { decodeJwt } from "jose";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { handleRest } from "@/server/api/rest/handler";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { runCommand } from "@/server/testing/command-line";
import { serve } from "@/server/testing/serve";

vi.setConfig({ testTimeout: 120_000 });

let world: ApiWorld;
let door: Awaited<ReturnType<typeof serve>>;
let access: Record<string, string>;
let prod: string;
const home = mkdtempSync(join(tmpdir(), "freehold-home-"));

beforeAll(async () => {
  world = await createApiWorld({ isServed: true });
  const ann = await world.person("Ann");
  prod = (await world.organization(ann, "Acme")).environment.id;
  await world.settle();
  door = await serve(handleRest);
  access = { XDG_CONFIG_HOME: home, FREEHOLD_URL: door.url, FREEHOLD_API_KEY: await world.key(ann) };
});
afterAll(async () => {
  door.stop();
  await world.end();
  rmSync(home, { recursive: true, force: true });
});

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
