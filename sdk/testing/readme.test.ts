import "@/server/testing/door-settings";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "@/bench/free-port";
import { createDoorWorld } from "@/server/testing/door-world";
import { createHomes, placements, type Placement } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { ControlPlaneClient } from "../stores/control-plane-client.ts";
import { ServiceTokens } from "../tokens/service-tokens.ts";
import { PackedProject, programsOf } from "./packed-project.ts";

const programs = programsOf(join(import.meta.dirname, "../README.md"));
const postgres = withPostgres();
const tenants = new Map<Placement, string>();
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let project: PackedProject;
let tokens: ServiceTokens;

beforeAll(async () => {
  world = await createDoorWorld();
  const homes = await createHomes(world, postgres.adminUrl());
  for (const placement of placements) tenants.set(placement, (await homes.onboard(placement)).environment.id);
  const { key } = await world.service("students");
  const caller = await world.service("caller");
  tokens = new ServiceTokens({ client: new ControlPlaneClient({ url: world.door.url, key: caller.key }) });
  project = new PackedProject(programs, { FREEHOLD_URL: world.door.url, FREEHOLD_SERVICE_KEY: key });
}, 180_000);
afterAll(async () => {
  project.remove();
  await world.end();
});

const idOf = (placement: Placement) => tenants.get(placement) ?? "";
const ada = { number: "1001", first: "Ada", last: "Fox" };

async function answerOf(response: Response): Promise<[number, unknown]> {
  return [response.status, await response.json()];
}

describe.for(["express.mjs", "hono.mjs"])("%s", (name) => {
  test("serves two tenants, refuses the rest with a reason, and ends in peace", async () => {
    const service = await project.serve(name, await freePort());
    const [north, south] = [idOf("a file"), idOf("a pool")];
    const number = `${ada.number}-${name}`;
    const ask = async (headers: Record<string, string>, body?: object) => {
      const sent = { "content-type": "application/json", ...headers };
      const post = body ? { method: "POST", body: JSON.stringify(body) } : {};
      return answerOf(await fetch(`${service.url}/students`, { headers: sent, ...post }));
    };
    const bearer = async (tenant: string, audience = "students") => ({
      authorization: `Bearer ${await tokens.get(audience, tenant)}`,
    });
    expect(await ask(await bearer(north), { ...ada, number })).toMatchObject([201, { last: "Fox" }]);
    const students = expect.arrayContaining([{ local_number: number, last_name: "Fox" }]) as unknown;
    expect(await ask(await bearer(north))).toMatchObject([200, { organization: "districts", students }]);
    expect(await ask(await bearer(south))).toMatchObject([200, { students: [] }]);

    const unauthenticated = [401, { code: "unauthenticated" }];
    expect(await ask({})).toMatchObject(unauthenticated);
    expect(await ask({ "x-tenant-id": south })).toMatchObject(unauthenticated);
    expect(await ask(await bearer(north, "billing"))).toMatchObject(unauthenticated);
    const [whole = ""] = Object.values(await bearer(north));
    expect(await ask({ authorization: `${whole.slice(0, -10)}AAAAAAAAAA` })).toMatchObject(unauthenticated);
    expect(await ask({ ...(await bearer(north)), "x-tenant-id": south })).toMatchObject([
      403,
      { code: "tenant_conflict" },
    ]);

    const known = await bearer(north);
    world.door.stop();
    expect((await ask(known))[0]).toBe(200);
    await world.door.start();
    expect(await service.end()).toBe(0);
  }, 60_000);
});

test.for(placements)("the libraries of its programs read a tenant in %s", async (placement) => {
  const read = await project.run(`
    import { freehold } from "./connect.mjs";
    import { addStudent } from "./students.mjs";
    import { withDrivers, withDrizzle, withKysely } from "./libraries.mjs";
    const tenant = ${JSON.stringify(idOf(placement))};
    const number = "library";
    await addStudent(tenant, { number, first: "Ada", last: "Library" });
    const found = [await withDrizzle(tenant, number), await withKysely(tenant), await withDrivers(tenant)];
    await freehold.close();
    console.log(JSON.stringify(found));
  `);
  const row = expect.arrayContaining([{ last_name: "Library" }]) as unknown;
  expect(read).toEqual([[{ number: "library", last: "Library" }], row, row]);
});

test("a set of options is published and has its defaults", async () => {
  const read = await project.run(`
    import { freehold } from "./connect.mjs";
    import { perPage, publishRoster } from "./options.mjs";
    await publishRoster();
    console.log(JSON.stringify(await perPage({ tenant: ${JSON.stringify(idOf("a file"))} })));
    await freehold.close();
  `);
  expect(read).toBe(50);
});

test("a hint of the service's own has to agree", async () => {
  const [north, south] = [idOf("a file"), idOf("a pool")];
  const authorization = `Bearer ${await tokens.get("students", north)}`;
  const read = await project.run(`
    import { freehold } from "./contributor.mjs";
    const carrier = { authorization: ${JSON.stringify(authorization)} };
    const getter = { get: (from, name) => from[name], keys: Object.keys };
    const resolve = (path) =>
      freehold.resolver
        .resolve({ transport: "http", carrier, getter, method: "GET", path, peer: null, bodyDigest: async () => "" })
        .then(({ tenant }) => tenant, ({ code }) => code);
    const found = [await resolve("/"), await resolve("/?district=${north}"), await resolve("/?district=${south}")];
    await freehold.close();
    console.log(JSON.stringify(found));
  `);
  expect(read).toEqual([north, north, "tenant_conflict"]);
});

test("each of its programs is one of these", () => {
  const tried = ["connect", "students", "express", "hono", "libraries", "options", "contributor"];
  expect([...programs.keys()].toSorted()).toEqual(tried.map((name) => `${name}.mjs`).toSorted());
});
