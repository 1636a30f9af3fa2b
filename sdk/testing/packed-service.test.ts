import "@/server/testing/door-settings";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { freePort } from "@/bench/free-port";
import { violation } from "@/drizzle/control/schema/tokens";
import { forgeries } from "@/examples/district/stage/forgeries";
import { sendRequest } from "@/examples/district/stage/wire";
import { createDistrictWorld, type DistrictWorld, type TestDistrict } from "@/server/testing/district-world";
import { takeToken } from "@/server/testing/gateway/control-plane";
import { withPostgres } from "@/server/testing/postgres";
import { PackedProject, programsOf } from "./packed-project.ts";

const readme = join(import.meta.dirname, "../README.md");
const postgres = withPostgres();
const Answer = z.looseObject({ code: z.string().optional() });
let world: DistrictWorld;
let project: PackedProject;
let caller = "";

beforeAll(async () => {
  world = await createDistrictWorld(postgres.adminUrl().reveal());
  const { key } = await world.service("students");
  caller = (await world.service("caller")).key;
  project = new PackedProject(programsOf(readme), {
    FREEHOLD_URL: world.door.url,
    FREEHOLD_SERVICE_KEY: key,
  });
}, 120_000);

afterAll(async () => {
  project.remove();
  await world.end();
});

/** What the compiler has against programs of a service, as strictly as it can be asked. */
async function complaintsOf(files: readonly string[], flags: readonly string[] = []): Promise<string> {
  const usual = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
  const tsc = [resolve("node_modules/typescript/bin/tsc"), ...usual, ...flags, ...files];
  return promisify(execFile)(process.execPath, tsc, { cwd: project.folder }).then(
    () => "",
    ({ stdout }: { stdout: string }) => stdout,
  );
}

const tokenFor = ({ id }: TestDistrict) => takeToken(caller, "students", id);

/** How many are on the trail of the northern district. */
async function violations(): Promise<number> {
  const rows = await world.db.select().from(violation).where(eq(violation.environmentId, world.north.id));
  return rows.reduce((sum, { count }) => sum + count, 0);
}

describe.for(["express.mjs", "hono.mjs"])("%s", (name) => {
  async function begin() {
    const service = await project.serve(name, await freePort());
    onTestFinished(() => void service.end());
    const ask = async (headers: Record<string, string>) => {
      const answer = await sendRequest(service.url, { method: "GET", path: "/students", headers });
      return [answer.status, Answer.parse(JSON.parse(answer.body)).code];
    };
    return { ask, end: () => service.end() };
  }

  test("forged headers, claims and hosts are refused, and told where they are a tenant's matter", async () => {
    const { ask, end } = await begin();
    const before = await violations();
    const material = {
      token: await tokenFor(world.north),
      own: world.north,
      other: world.south,
      gatewayHost: "127.0.0.1",
      seen: null,
    };
    const answers = (["header", "claim", "host"] as const).map((forgery) =>
      ask(forgeries[forgery].forge(material).headers),
    );
    expect(await Promise.all(answers)).toEqual([
      [403, "tenant_conflict"],
      [401, "unauthenticated"],
      [403, "tenant_conflict"],
    ]);
    expect(await ask({ host: "127.0.0.1", authorization: `Bearer ${material.token}` })).toEqual([
      200,
      undefined,
    ]);
    // What it has not told yet it tells before it ends.
    await end();
    expect(await violations()).toBe(before + 2);
  });

  test.for(["north", "south"] as const)(
    "the tenant %s is served on without Freehold for the stated time, and then not until it is back",
    async (district) => {
      const { ask } = await begin();
      const headers = { authorization: `Bearer ${await tokenFor(world[district])}` };
      expect(await ask(headers)).toEqual([200, undefined]);
      world.door.stop();
      expect(await ask(headers)).toEqual([200, undefined]);
      await expect.poll(() => ask(headers), { timeout: 15_000 }).toEqual([503, "unavailable"]);
      await world.door.start();
      await expect.poll(() => ask(headers), { timeout: 15_000 }).toEqual([200, undefined]);
    },
  );
});

test("the types of the package are whole", async () => {
  const file = join(project.folder, "service.mts");
  writeFileSync(
    file,
    `import { createFreehold } from "@freehold/sdk";
import { resolveTenant, tenantOf } from "@freehold/sdk/express";
import { resolveTenant as resolveInHono } from "@freehold/sdk/hono";
import { residencySilo } from "@freehold/sdk/resolution/presets";
import express from "express";
import { Hono } from "hono";

const freehold = createFreehold({ url: "", key: "", service: "", policy: residencySilo([]) });
express().use(resolveTenant(freehold.resolver)).get("/", (request) => {
  const tenant: string = tenantOf(request).tenant;
  return void freehold.withDatabase(tenant, (database) => database.query("SELECT 1"));
});
new Hono().use(resolveInHono(freehold.resolver)).get("/", (c) => c.text(c.get("tenant").tenant));
`,
  );
  expect(await complaintsOf([file])).toBe("");
}, 60_000);

test("the programs of its README fit the package's types", async () => {
  // Their parameters have no types, and those of drizzle name packages that are not there: all else is strict.
  const flags = ["--allowJs", "--checkJs", "--noImplicitAny", "false", "--skipLibCheck"];
  const files = [...programsOf(readme).keys()].map((name) => join(project.folder, name));
  expect(await complaintsOf(files, flags)).toBe("");
}, 60_000);

test("the package carries its licence, and no link of its README leaves it", () => {
  const installed = join(project.folder, "node_modules/@freehold/sdk");
  expect(readFileSync(join(installed, "LICENSE"), "utf8")).toBe(readFileSync(resolve("LICENSE"), "utf8"));
  const page = readFileSync(join(installed, "README.md"), "utf8");
  const links = [...page.matchAll(/\]\(([^)\s]+)|^\[[^\]]+\]:\s*(\S+)/gm)].map(
    ([, link, target = ""]) => link ?? target,
  );
  const local = links.filter((link) => !/^(?:https?:|#)/.test(link));
  expect(local.filter((link) => link.startsWith("..") || !existsSync(join(installed, link)))).toEqual([]);
});
