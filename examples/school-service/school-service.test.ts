import "@/server/testing/door-settings";
import { once } from "node:events";
import type { Server } from "node:http";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Freehold } from "@/sdk/freehold";
import { ControlPlaneClient } from "@/sdk/stores/control-plane-client";
import { ServiceTokens } from "@/sdk/tokens/service-tokens";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createDoorWorld } from "@/server/testing/door-world";
import { createHomes, placements, type Homes } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { connectSchools } from "./connect";
import { createSchoolServer } from "./server";

const ada = {
  local_number: "1001",
  first_name: "Ada",
  last_name: "O'Neil",
  birth_date: "2012-02-29",
  school_id: "north",
  grade: "7",
  school_year: 2026,
  entered_on: "2026-08-17",
};

const postgres = withPostgres();
const unforeseen: unknown[] = [];
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let homes: Homes;
let freehold: Freehold;
let tokens: ServiceTokens;
let school: Server;
let base = "";

beforeAll(async () => {
  world = await createDoorWorld();
  homes = await createHomes(world, postgres.adminUrl());
  const { key } = await world.service("Schools");
  const portal = await world.service("Portal");
  tokens = new ServiceTokens({ client: new ControlPlaneClient({ url: world.door.url, key: portal.key }) });
  freehold = connectSchools(world.door.url, key);
  school = createSchoolServer(freehold, (error) => unforeseen.push(error)).listen(0, "127.0.0.1");
  await once(school, "listening");
  base = `http://127.0.0.1:${z.object({ port: z.number() }).parse(school.address()).port}`;
}, 120_000);

afterAll(async () => {
  school.close();
  school.closeAllConnections();
  await freehold.close();
  await world.end();
});

afterEach(() => expect(unforeseen.splice(0)).toEqual([]));

interface Asked {
  /** Whose token it carries: null, none. */
  as: EnvironmentContext | null;
  /** The tenant in the address. */
  at?: string;
  body?: unknown;
}

async function ask(rest: string, { as, at = as?.environment.id, body }: Asked): Promise<[number, unknown]> {
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const authorization = as && `Bearer ${await tokens.get("Schools", as.environment.id)}`;
  const response = await fetch(`${base}/tenants/${at}/${rest}`, {
    headers: authorization ? { authorization } : {},
    ...(body === undefined ? {} : { method: "POST", body: sent }),
  });
  return [response.status, await response.json()];
}

const says = (text: RegExp) => expect.objectContaining({ detail: expect.stringMatching(text) as unknown });

const mistakes: [title: string, rest: string, body: unknown, status: number, detail: RegExp][] = [
  ["a grade that there is not", "students?grade=13", undefined, 400, /grade/],
  ["a parameter that nobody knows", "students?order=name", undefined, 400, /order/],
  ["a NUL in a parameter", "students?after=%00", undefined, 400, /Control/],
  ["a body that is no JSON", "students", "{", 400, /not JSON/],
  ["a body without a name", "students", { ...ada, first_name: " " }, 400, /first_name/],
  ["a day that there is not", "students", { ...ada, birth_date: "2013-02-29" }, 400, /birth_date/],
  ["a key that nobody knows", "students", { ...ada, tenant_id: "x" }, 400, /tenant_id/],
  ["a body without end", "students", "x".repeat(10_000_000), 413, /64 KB/],
  ["another address", "teachers", undefined, 404, /nothing/],
  ["another method", "summary", {}, 405, /method/],
];

describe.for(placements)("a tenant in %s", (placement) => {
  let here: EnvironmentContext;
  beforeAll(async () => {
    here = await homes.onboard(placement);
  }, 60_000);

  test("students are written and read, and nobody else's", async () => {
    const next = await homes.onboard(placement);
    const [status, made] = await ask("students", { as: here, body: ada });
    expect([status, made]).toEqual([201, { id: expect.any(String) as unknown }]);
    const hostile = { ...ada, local_number: "'); DROP TABLE students; --", last_name: "$1 ?2", grade: "8" };
    expect((await ask("students", { as: here, body: hostile }))[0]).toBe(201);
    expect(await ask("students", { as: next, body: ada })).toMatchObject([201, {}]);

    const { id: _, ...row } = { id: "", ...ada, status: "active" };
    const { school_year: _year, entered_on: _day, ...seen } = row;
    expect(await ask("students?grade=7", { as: here })).toMatchObject([
      200,
      { students: [seen], next: null },
    ]);
    expect(await ask("summary", { as: here })).toEqual([
      200,
      {
        students: 2,
        grades: [
          { grade: "7", students: 1 },
          { grade: "8", students: 1 },
        ],
      },
    ]);
    expect(await ask("summary", { as: next })).toEqual([
      200,
      { students: 1, grades: [{ grade: "7", students: 1 }] },
    ]);
  });

  test("a student whose day of birth nobody knows is a student", async () => {
    const { birth_date: _, ...rest } = ada;
    const given = { ...rest, local_number: "3003", grade: "11" };
    expect((await ask("students", { as: here, body: given }))[0]).toBe(201);
    const listed = { students: [{ local_number: "3003", birth_date: null }] };
    expect(await ask("students?grade=11", { as: here })).toMatchObject([200, listed]);
  });

  test("the same number twice is a conflict, and leaves nothing of the second", async () => {
    const twice = { ...ada, local_number: "2002", grade: "9" };
    const answers = await Promise.all([
      ask("students", { as: here, body: twice }),
      ask("students", { as: here, body: twice }),
    ]);
    expect(answers.map(([status]) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await ask("students?grade=9", { as: here })).toMatchObject([200, { students: { length: 1 } }]);
  });

  test("more than a page is read page by page", async () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ ...ada, local_number: `p${i}`, grade: "K" }));
    for (const one of many) expect((await ask("students", { as: here, body: one }))[0]).toBe(201);
    const Page = z.object({ students: z.array(z.object({ id: z.string() })), next: z.string().nullable() });
    const first = Page.parse((await ask("students?grade=K", { as: here }))[1]);
    const second = Page.parse((await ask(`students?grade=K&after=${first.next}`, { as: here }))[1]);
    expect([first.students.length, second.students.length, second.next]).toEqual([100, 20, null]);
    expect(new Set([...first.students, ...second.students].map(({ id }) => id)).size).toBe(120);
  });

  test.for(mistakes)("%s is refused", async ([, rest, body, status, detail]) => {
    expect(await ask(rest, { as: here, body })).toEqual([status, says(detail)]);
  });

  test("who is suspended is refused within a second, and let in again", async () => {
    expect((await ask("summary", { as: here }))[0]).toBe(200);
    await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
    const status = async () => (await ask("summary", { as: here }))[0];
    await vi.waitFor(async () => expect(await status()).toBe(403), { timeout: 1000, interval: 50 });
    await world.settle();
    await resumeEnvironment(await world.inEnvironment(homes.owner, here.environment.id));
    await world.settle();
    await vi.waitFor(async () => expect(await status()).toBe(200), { timeout: 5000, interval: 50 });
  });

  test("nobody notices that the services' credential is rotated", async () => {
    const statuses: number[] = [];
    let isOver = false;
    const asking = (async () => {
      while (!isOver) statuses.push((await ask("summary", { as: here }))[0]);
    })();
    const held = async () =>
      world.db
        .select()
        .from(databaseCredential)
        .where(
          and(
            eq(databaseCredential.environmentId, here.environment.id),
            eq(databaseCredential.audience, "services"),
          ),
        );
    const [old] = await held();
    const wanted = { environment: here.environment.id, credential: old?.id ?? "", overlapSeconds: 2 };
    await rotateCredential(await world.inEnvironment(homes.owner, here.environment.id), wanted);
    await vi.waitFor(
      async () => expect((await held()).find(({ id }) => id === old?.id)?.status).toBe("revoked"),
      { timeout: 20_000 },
    );
    const soFar = statuses.length;
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(soFar + 20), { timeout: 10_000 });
    isOver = true;
    await asking;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

test("an address that names another tenant than the token, or none, opens nothing", async () => {
  const [here, next] = [await homes.onboard("a pool"), await homes.onboard("a file")];
  const refused = async (asked: Asked) => {
    const [status, body] = await ask("summary", asked);
    return [status, z.object({ code: z.string() }).parse(body).code];
  };
  for (const at of [next.environment.id, "00000000-0000-4000-8000-000000000000", "prod"])
    expect(await refused({ as: here, at })).toEqual([403, "tenant_conflict"]);
  expect(await refused({ as: null, at: here.environment.id })).toEqual([401, "unauthenticated"]);
  expect(await refused({ as: here, at: "Prod" })).toEqual([400, "invalid"]);
});

test("while Freehold is away who is known is served, and nobody else", async () => {
  const [known, unknown] = [await homes.onboard("a pool"), await homes.onboard("a pool")];
  expect((await ask("summary", { as: known }))[0]).toBe(200);
  await tokens.get("Schools", unknown.environment.id);
  world.door.stop();
  expect((await ask("summary", { as: known }))[0]).toBe(200);
  expect(await ask("summary", { as: unknown })).toMatchObject([503, { code: "unavailable" }]);
  await world.door.start();
});
