import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Server } from "node:http";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment } from "@/drizzle/control/schema/environments";
import { handleChanges, handleDbInfo } from "@/server/api/internal/handler";
import { changeFeed } from "@/server/connect/change-feed";
import { addCluster } from "@/server/domain/clusters/add";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { createEnvironment } from "@/server/domain/environments/create";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { installPackage } from "@/server/domain/packages/install";
import { publishPackage } from "@/server/domain/packages/publish";
import { PublishPackage } from "@/server/domain/packages/schema";
import { addPool } from "@/server/domain/pools/add";
import { installInPool } from "@/server/domain/pools/install";
import { addService } from "@/server/domain/services/add";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { startWorker, type Worker } from "@/server/sagas/worker";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { withPostgres } from "@/server/testing/postgres";
import { serve } from "@/server/testing/serve";
import { Refusal } from "./refusal";
import { Tenants } from "./tenants";
import { createSchoolServer } from "./server";

const placements = ["a file", "a Postgres database of its own", "a pool"] as const;
type Placement = (typeof placements)[number];
const homes = {
  "a file": { isolation: "dedicated", driver: "sqlite" },
  "a Postgres database of its own": { isolation: "dedicated", cluster: "east" },
  "a pool": { isolation: "shared", pool: "schools" },
} as const;

const students = "com.example.students";
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
let world: ApiWorld;
let operator: UserContext;
let acme: OrganizationContext;
let freehold: Awaited<ReturnType<typeof serve>>;
let worker: Worker;
let tenants: Tenants;
let school: Server;
let base = "";
let next = 0;

function note(error: unknown): void {
  if (!(error instanceof Refusal)) unforeseen.push(error);
}

/** Freehold's door for services. The data server of this world has a port of its own. */
async function door(request: Request): Promise<Response> {
  const [, tenant] = /^\/internal\/tenants\/([^/]+)\/db-info$/.exec(new URL(request.url).pathname) ?? [];
  const { status, headers, body } = await (tenant ? handleDbInfo(request, tenant) : handleChanges(request));
  if (status !== 200) return new Response(body, { status, headers });
  const text = await new Response(body).text();
  return new Response(text.replace("http://localhost:3001", world.dataUrl), { status, headers });
}

function readPackage(folder: string): PublishPackage {
  const paths = [
    "freehold.package.json",
    ...readdirSync(join(folder, "migrations")).map((f) => `migrations/${f}`),
  ];
  return PublishPackage.parse({
    files: paths.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") })),
  });
}

beforeAll(async () => {
  world = await createApiWorld({ isServed: true });
  worker = startWorker({ db: world.db, drivers: world.drivers });
  operator = await world.person("Operator", { isOperator: true });
  acme = (await world.organization(operator, "Acme")).ctx;
  const place = {
    name: "East",
    slug: "east",
    driver: "postgres",
    region: "us-east",
    capacity: null,
  } as const;
  const { cluster } = await addCluster(operator, {
    ...place,
    labels: {},
    adminUrl: postgres.adminUrl().reveal(),
    allowPrivateNetwork: true,
  });
  await worker.drain();
  await publishPackage(operator, readPackage("examples/packages/students"));
  const { pool } = await addPool(operator, {
    name: "Schools",
    slug: "schools",
    cluster: cluster.id,
    capacity: null,
  });
  await worker.drain();
  await installInPool(operator, { pool: pool.id, package: students });
  await worker.drain();
  freehold = await serve(door);
  const { key } = await addService(operator, {
    name: "Schools",
    scopes: ["connect", "changes"],
    credentialScope: "readwrite",
    days: null,
  });
  tenants = new Tenants({ url: freehold.url, serviceKey: key });
  tenants.follow();
  school = createSchoolServer(tenants, note).listen(0, "127.0.0.1");
  await once(school, "listening");
  base = `http://127.0.0.1:${z.object({ port: z.number() }).parse(school.address()).port}`;
}, 120_000);

afterAll(async () => {
  school.close();
  school.closeAllConnections();
  await tenants.stop();
  freehold.stop();
  await worker.stop();
  (await changeFeed(world.db)).stop();
  await world.end();
});

afterEach(() => expect(unforeseen.splice(0)).toEqual([]));

async function onboard(placement: Placement): Promise<EnvironmentContext> {
  const slug = `d-${next++}`;
  const input = { organization: "acme", name: slug, slug, envType: "test", ...homes[placement] } as const;
  const { environment: made } = await createEnvironment(acme, input);
  await worker.drain();
  const [row] = await world.db.select().from(environment).where(eq(environment.id, made.id));
  expect(row?.status).toBe("active");
  const here = await world.inEnvironment(operator, made.id);
  if (placement !== "a pool") await installPackage(here, { environment: made.id, package: students });
  await worker.drain();
  return here;
}

async function ask(path: string, body?: unknown): Promise<[status: number, body: unknown]> {
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(base + path, body === undefined ? {} : { method: "POST", body: sent });
  return [response.status, await response.json()];
}

const at = ({ environment: { id } }: EnvironmentContext, rest: string) => `/tenants/${id}/${rest}`;
const message = (text: string | RegExp) => ({ error: expect.stringMatching(text) as unknown });

const mistakes: [title: string, rest: string, body: unknown, status: number, says: RegExp][] = [
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
    here = await onboard(placement);
  }, 60_000);

  test("students are written and read, and nobody else's", async () => {
    const next = await onboard(placement);
    const [status, made] = await ask(at(here, "students"), ada);
    expect([status, made]).toEqual([201, { id: expect.any(String) as unknown }]);
    const hostile = { ...ada, local_number: "'); DROP TABLE students; --", last_name: "$1 ?2", grade: "8" };
    expect((await ask(at(here, "students"), hostile))[0]).toBe(201);
    expect(await ask(at(next, "students"), ada)).toMatchObject([201, {}]);

    const { id: _, ...row } = { id: "", ...ada, status: "active" };
    const { school_year: _year, entered_on: _day, ...seen } = row;
    expect(await ask(at(here, "students?grade=7"))).toMatchObject([200, { students: [seen], next: null }]);
    expect(await ask(at(here, "summary"))).toEqual([
      200,
      {
        students: 2,
        grades: [
          { grade: "7", students: 1 },
          { grade: "8", students: 1 },
        ],
      },
    ]);
    expect(await ask(at(next, "summary"))).toEqual([
      200,
      { students: 1, grades: [{ grade: "7", students: 1 }] },
    ]);
  });

  test("the same number twice is a conflict, and leaves nothing of the second", async () => {
    const twice = { ...ada, local_number: "2002", grade: "9" };
    const answers = await Promise.all([ask(at(here, "students"), twice), ask(at(here, "students"), twice)]);
    expect(answers.map(([status]) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await ask(at(here, "students?grade=9"))).toMatchObject([200, { students: { length: 1 } }]);
  });

  test("more than a page is read page by page", async () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ ...ada, local_number: `p${i}`, grade: "K" }));
    for (const one of many) expect((await ask(at(here, "students"), one))[0]).toBe(201);
    const Page = z.object({ students: z.array(z.object({ id: z.string() })), next: z.string().nullable() });
    const first = Page.parse((await ask(at(here, "students?grade=K")))[1]);
    const second = Page.parse((await ask(at(here, `students?grade=K&after=${first.next}`)))[1]);
    expect([first.students.length, second.students.length, second.next]).toEqual([100, 20, null]);
    expect(new Set([...first.students, ...second.students].map(({ id }) => id)).size).toBe(120);
  });

  test.for(mistakes)("%s is refused", async ([, rest, body, status, says]) => {
    expect(await ask(at(here, rest), body)).toEqual([status, message(says)]);
  });

  test("who is suspended is refused within a second, and let in again", async () => {
    expect((await ask(at(here, "summary")))[0]).toBe(200);
    await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
    const status = async () => (await ask(at(here, "summary")))[0];
    await vi.waitFor(async () => expect(await status()).toBe(409), { timeout: 1000, interval: 50 });
    await worker.drain();
    await resumeEnvironment(await world.inEnvironment(operator, here.environment.id));
    await worker.drain();
    await vi.waitFor(async () => expect(await status()).toBe(200), { timeout: 5000, interval: 50 });
  });

  test("nobody notices that the services' credential is rotated", async () => {
    const statuses: number[] = [];
    let isOver = false;
    const asking = (async () => {
      while (!isOver) statuses.push((await ask(at(here, "summary")))[0]);
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
    await rotateCredential(await world.inEnvironment(operator, here.environment.id), wanted);
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

test("a tenant that there is not is a 404, and what is no id a 400", async () => {
  expect(await ask("/tenants/00000000-0000-4000-8000-000000000000/summary")).toEqual([
    404,
    message(/no such tenant/),
  ]);
  expect(await ask("/tenants/prod/summary")).toEqual([400, message(/by its id/)]);
});

test("while Freehold is away who is known is served, and nobody hears what went wrong", async () => {
  const [known, unknown] = [await onboard("a pool"), await onboard("a pool")];
  expect((await ask(at(known, "summary")))[0]).toBe(200);
  freehold.stop();
  expect((await ask(at(known, "summary")))[0]).toBe(200);
  expect(await ask(at(unknown, "summary"))).toEqual([500, { error: "Something went wrong." }]);
  expect(unforeseen.splice(0)).toHaveLength(1);
});
