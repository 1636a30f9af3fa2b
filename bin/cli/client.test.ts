import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { handleRest } from "@/server/api/rest/handler";
import type { UserContext } from "@/server/kernel/context";
import { runCommand } from "@/server/testing/command-line";
import { answered, createCommandWorld, type CommandWorld } from "@/server/testing/command-world";
import { serve } from "@/server/testing/serve";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

let world: CommandWorld;
let ann: UserContext;
let access: Record<string, string>;

beforeAll(async () => {
  world = await createCommandWorld();
  ann = await world.person("Ann");
  await world.organization(ann, "Acme");
  await world.settle();
  access = await world.accessOf(ann);
});
afterAll(() => world.end());

const freehold = (...args: string[]) => runCommand(args, access);

const json = async (...args: string[]) => answered(await freehold(...args, "--json"));

test("an answer that is not understood is called so", async () => {
  const other = await serve(() => Promise.resolve(Response.json({})));
  const { code, stderr } = await runCommand(["env", "list"], { ...access, FREEHOLD_URL: other.url });
  expect([code, stderr]).toEqual([1, expect.stringContaining("of another version than this command.")]);
  other.stop();
});

test("login keeps address and key for its owner alone, and the commands after it use them", async () => {
  const own = { XDG_CONFIG_HOME: mkdtempSync(join(world.home, "own-")) };
  const loggedIn = await runCommand(
    ["login", "--url", `${world.url}/`, "--api-key", access["FREEHOLD_API_KEY"] ?? ""],
    own,
  );
  expect(loggedIn).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Logged in at ${world.url} as ${ann.user.email}`),
  });
  const path = join(own.XDG_CONFIG_HOME, "freehold/config.json");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await runCommand(["env", "switch", "acme/prod"], own)).toMatchObject({
    code: 0,
    stdout: "Switched to acme/prod.\n",
  });
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    url: world.url,
    place: { organization: "acme", environment: "prod" },
  });
  const shown = await runCommand(["env", "show", "--json"], own);
  expect(JSON.parse(shown.stdout)).toMatchObject({ slug: "prod", env_type: "production", status: "active" });
  expect(await runCommand(["env", "switch", "acme/nowhere"], own)).toMatchObject({ code: 1 });
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ place: { environment: "prod" } });
});

test("a key that is wrong is not kept", async () => {
  const own = { XDG_CONFIG_HOME: mkdtempSync(join(world.home, "wrong-")) };
  const refused = await runCommand(["login", "--url", world.url, "--api-key", `fh_${"x".repeat(43)}`], own);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(
    /does not take the API key that was given\. .* \(request [0-9a-f-]{36}\)\n$/,
  );
  expect(await runCommand(["env", "list"], own)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Log in first"),
  });
});

test("a kept key that is not taken any more says where it lies", async () => {
  const own = { XDG_CONFIG_HOME: mkdtempSync(join(world.home, "old-")) };
  const path = join(own.XDG_CONFIG_HOME, "freehold/config.json");
  await runCommand(["login"], { ...access, ...own });
  writeFileSync(path, JSON.stringify({ url: world.url, api_key: `fh_${"x".repeat(43)}` }));
  const refused = await runCommand(["env", "list"], own);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toContain(`does not take the API key kept in ${path}. Log in with another`);
});

test("an environment is created, followed and listed", async () => {
  const created = await freehold("env", "create", "Staging", "--type", "staging", "--wait");
  expect(created).toMatchObject({ code: 0, stderr: "" });
  expect(created.stdout).toMatch(
    /^Environment acme\/staging is created\.\n✓ Create database .*\n✓ Verify database .*\n✓ Make credential .*\n✓ Install credential .*\n✓ Activate environment .*\n$/,
  );
  expect(await json("env", "list", "--organization", "acme", "--type", "staging")).toMatchObject([
    { slug: "staging", status: "active" },
  ]);
  const listed = await freehold("env", "list", "--search", "o", "-o", "acme");
  expect(listed.stdout).toMatch(
    /^SLUG +NAME +TYPE +STATUS +REGION +SIZE +CREATED\nprod +Production +production +active +us-east +[\d.]+ kB +now +default\n$/,
  );
  expect(listed.stdout).not.toContain("\u001b");
});

test("with --json and --wait the answer is the environment as it is then", async () => {
  const answer = await json(
    "env",
    "create",
    "Dev box",
    "--type",
    "development",
    "--description",
    "For trying",
    "--wait",
  );
  expect(answer).toMatchObject({
    environment: { slug: "dev-box", status: "active", description: "For trying" },
    operation: { status: "succeeded" },
  });
});

test("a stream of events that breaks is taken up again", async () => {
  let broken = 0;
  const shaky = await serve((request) =>
    request.url.endsWith("/events") && ++broken === 1 ? Promise.resolve(cut()) : handleRest(request),
  );
  const shakyAccess = { ...access, FREEHOLD_URL: shaky.url };
  const created = await runCommand(
    ["env", "create", "Shaky", "--type", "test", "-o", "acme", "--wait"],
    shakyAccess,
  );
  shaky.stop();
  expect(created).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringContaining("✓ Activate environment"),
  });
  expect(broken).toBe(2);
});

const cut = () =>
  new Response(new ReadableStream({ start: (stream) => stream.error(new Error("cut")) }), {
    headers: { "content-type": "text/event-stream" },
  });

test("a list ends at its limit and says so", async () => {
  const { stdout, stderr } = await freehold("env", "list", "-o", "acme", "--limit", "1");
  expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  expect(stderr).toMatch(/^1 of \d shown\. /);
});

test("a dangerous verb does nothing with --dry-run, refuses without a terminal, and works with --yes", async () => {
  await json("env", "create", "Risky", "--type", "test", "--wait");
  expect(await freehold("env", "suspend", "acme/risky", "--dry-run")).toMatchObject({
    code: 0,
    stdout:
      "Nothing was changed. Without --dry-run: acme/risky is suspended: every service is refused until it is resumed, its data stays.\n",
  });
  expect(await freehold("env", "suspend", "acme/risky")).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("Add --yes"),
  });
  expect(await json("env", "show", "acme/risky")).toMatchObject({ status: "active" });
  expect(await json("env", "suspend", "acme/risky", "--reason", "Audit", "--yes")).toEqual({
    status: "suspended",
  });
  expect(await freehold("env", "suspend", "acme/risky", "--dry-run")).toMatchObject({
    code: 1,
    stderr: "acme/risky: An environment that is suspended cannot be suspended.\n",
  });
  expect(await json("env", "resume", "acme/risky")).toEqual({ status: "active" });
  expect(await freehold("env", "archive", "acme/risky", "--yes")).toMatchObject({ code: 2 });
  expect(await json("env", "archive", "acme/risky", "--reason", "Done", "--yes")).toEqual({
    status: "archived",
  });
});

test("a deletion is followed to its end; the default environment is refused before anything is asked", async () => {
  expect(await freehold("env", "delete", "acme/prod", "--yes")).toMatchObject({
    code: 1,
    stderr: "acme/prod: It is the default environment. Make another one the default first.\n",
  });
  await json("env", "create", "Short lived", "--type", "preview", "--wait");
  const rehearsed = await freehold("env", "delete", "acme/short-lived", "--dry-run");
  expect(rehearsed.stdout).toMatch(
    /^Nothing was changed\. .*database env_[0-9a-f]{32} \(.*\) goes for good when the recovery window is over\.\n$/,
  );
  const deleted = await freehold("env", "delete", "acme/short-lived", "--yes", "--wait");
  expect(deleted).toMatchObject({ code: 0, stderr: "" });
  expect(deleted.stdout).toMatch(/✓ Remove registration/);
  const gone = await freehold("env", "show", "acme/short-lived");
  expect(gone.code).toBe(1);
  expect(gone.stderr).toMatch(
    /^There is no such environment, or you are not a member of it\. \(request [0-9a-f-]{36}\)\n$/,
  );
});

test("organizations, members, audit entries and operations can be read", async () => {
  const answer = await json("org", "create", "Beta Works", "--wait");
  expect(answer).toMatchObject({
    organization: { slug: "beta-works" },
    environment: { slug: "prod", status: "active" },
  });
  expect(await json("org", "list", "--search", "beta")).toMatchObject([
    { slug: "beta-works", role: "owner" },
  ]);
  expect(await json("member", "list", "-o", "beta-works")).toMatchObject([
    { email: ann.user.email, role: "owner" },
  ]);
  expect(await json("member", "list", "-e", "beta-works/prod")).toMatchObject([
    { email: ann.user.email, role: "env_admin" },
  ]);
  expect(await json("audit", "list", "-o", "beta-works", "--action", "environment.create")).toMatchObject([
    { door: "cli", detail: { envType: "production" } },
  ]);
  const { operation } = answer as { operation: { id: string } };
  const shown = await freehold("operation", "show", operation.id);
  expect(shown.stdout).toMatch(/Provision environment[\s\S]*beta-works\/prod[\s\S]*✓ Activate environment/);
  expect(await freehold("operation", "watch", operation.id)).toMatchObject({ code: 0 });
});

test("wrong usage ends with 2, what cannot be reached with 1 and a sentence", async () => {
  expect(await freehold("env", "frobnicate")).toMatchObject({ code: 2, stdout: "" });
  expect(await freehold("env", "create", "X")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--type"),
  });
  expect(await freehold("env", "list", "--limit", "none")).toMatchObject({ code: 2 });
  expect(await freehold("env", "list", "--help")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("--json"),
  });
  const nowhere = await runCommand(["org", "list"], { ...access, FREEHOLD_URL: "http://127.0.0.1:9" });
  expect(nowhere).toMatchObject({
    code: 1,
    stderr: "Freehold does not answer at http://127.0.0.1:9. Is it running?\n",
  });
});
