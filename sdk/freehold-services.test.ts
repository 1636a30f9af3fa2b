import "@/server/testing/door-settings";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { violation } from "@/drizzle/control/schema/tokens";
import { revokeService } from "@/server/domain/services/revoke";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createDoorWorld } from "@/server/testing/door-world";
import { createFreehold, type Freehold, type FreeholdOptions } from "./freehold.ts";
import { sharedDb } from "./resolution/presets.ts";
import type { TenantContext } from "./resolution/tenant-context.ts";
import { connectAssessments } from "./testing/guide/context.ts";
import { digestOf, emptyDigest } from "./tokens/body-digest.ts";
import type { Incoming } from "./transports/incoming.ts";
import { incomingMessage, outgoingMessage, resolveMessage } from "./transports/message.ts";
import type { Outgoing } from "./transports/outgoing.ts";

type Headers = Record<string, string | string[]>;

let world: Awaited<ReturnType<typeof createDoorWorld>>;
let here: EnvironmentContext;
let tenant = "";
const keys = { students: "", grades: "" };
let students: Freehold;
let grades: Freehold;

const open = (service: keyof typeof keys, options: Partial<FreeholdOptions> = {}) =>
  createFreehold({ url: world.door.url, key: keys[service], service, policy: sharedDb, ...options });

beforeAll(async () => {
  world = await createDoorWorld();
  keys.students = (await world.service("students")).key;
  keys.grades = (await world.service("grades")).key;
  here = await world.activeEnvironment();
  tenant = here.environment.id;
}, 60_000);
beforeEach(() => {
  students = open("students");
  grades = open("grades", { trustedContexts: ["students"] });
});
afterEach(async () => {
  await Promise.all([students.close({ drainMs: 0 }), grades.close({ drainMs: 0 })]);
});
afterAll(() => world.end());

const setter = { set: (carrier: Headers, name: string, value: string) => void (carrier[name] = value) };
const getter = {
  get: (carrier: Headers, name: string) => carrier[name],
  keys: (carrier: Headers) => Object.keys(carrier),
};
const call = (change: Partial<Outgoing> = {}): Outgoing => ({
  audience: "grades",
  method: "POST",
  path: "/grades",
  bodyDigest: digestOf("{}"),
  ...change,
});
const arrived = (carrier: Headers, { method, path, bodyDigest }: Outgoing = call()): Incoming<Headers> => ({
  transport: "http",
  carrier,
  getter,
  method,
  path,
  peer: "10.1.2.3",
  bodyDigest: () => Promise.resolve(bodyDigest),
});
const bearer = async (of: string | undefined) => `Bearer ${await students.token("grades", of)}`;

/** What the students' service knows after a request of its own. */
async function ofStudents(): Promise<TenantContext> {
  const token = await grades.token("students", tenant);
  return students.resolver.resolve(arrived({ authorization: `Bearer ${token}` }));
}

async function sent(outgoing: Outgoing = call()): Promise<Headers> {
  const headers: Headers = {};
  await students.sender.inject(await ofStudents(), outgoing, headers, setter);
  return headers;
}

test("a service calls the next one for a tenant, who acts and for whom is proven", async () => {
  const context = await grades.resolver.resolve(arrived(await sent()));
  expect(context).toMatchObject({ tenant, decidedBy: "context", authenticated: true });
  expect(context.subject).toMatchObject({ kind: "service" });
  const rows = await grades.withDatabase(context, (database) => database.query("SELECT 1 AS one"));
  expect(rows).toEqual([{ one: 1 }]);
});

test("the program of the guide takes what students send", async () => {
  const { key } = await world.service("assessments");
  const assessments = connectAssessments(world.door.url, key);
  const headers = await sent(call({ audience: "assessments" }));
  expect(await assessments.resolver.resolve(arrived(headers))).toMatchObject({
    tenant,
    decidedBy: "context",
  });
  await assessments.close();
});

test("a hundred calls at once are signed with one key", async () => {
  const context = await ofStudents();
  world.door.asked.splice(0);
  await Promise.all(
    Array.from({ length: 100 }, async () => {
      const headers: Headers = {};
      await students.sender.inject(context, call(), headers, setter);
      await grades.resolver.resolve(arrived(headers));
    }),
  );
  const registered = world.door.asked.filter(({ path }) => /context-keys\/./.test(path));
  const listed = world.door.asked.filter(({ path }) => path.endsWith("context-keys"));
  expect([registered.length, listed.length]).toEqual([1, 1]);
});

test("a call that is repeated is refused the second time", async () => {
  const headers = await sent();
  await grades.resolver.resolve(arrived(headers));
  await expect(grades.resolver.resolve(arrived(headers))).rejects.toMatchObject({ code: "unauthenticated" });
});

test.each([
  ["another body", call({ bodyDigest: emptyDigest })],
  ["another path", call({ path: "/grades/all" })],
  ["another method", call({ method: "DELETE" })],
])("a context for %s proves nothing", async (_, taken) => {
  const asked = grades.resolver.resolve(arrived(await sent(), taken));
  await expect(asked).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a context for another service proves nothing", async () => {
  const asked = grades.resolver.resolve(arrived(await sent(call({ audience: "billing" }))));
  await expect(asked).rejects.toMatchObject({ code: "unauthenticated" });
});

test("without a list of trusted services, nobody's context is believed", async () => {
  const distrusting = open("grades");
  const asked = distrusting.resolver.resolve(arrived(await sent()));
  await expect(asked).rejects.toMatchObject({ code: "tenant_required" });
  await distrusting.close();
});

test("a service that is not on the list is not believed", async () => {
  const other = open("grades", { trustedContexts: ["gateway"] });
  const asked = other.resolver.resolve(arrived(await sent()));
  await expect(asked).rejects.toMatchObject({ code: "unauthenticated" });
  await other.close();
});

test("nobody signs as another service", async () => {
  const pretending = open("grades", { service: "students" });
  const signing = pretending.sender.inject(await ofStudents(), call(), {}, setter);
  await expect(signing).rejects.toMatchObject({ code: "forbidden" });
  await pretending.close();
});

test("what a service signed ends with the service", async () => {
  const doomed = await world.service("doomed");
  const context = await ofStudents();
  const signing = open("grades", { service: "doomed", key: doomed.key });
  const trusting = open("grades", { trustedContexts: ["doomed"] });
  const ask = async () => {
    const headers: Headers = {};
    await signing.sender.inject(context, call({ method: "GET" }), headers, setter);
    return trusting.resolver.resolve(arrived(headers, call({ method: "GET" })));
  };
  expect(await ask()).toMatchObject({ tenant });
  await revokeService(world.operator, { service: doomed.id });
  await vi.waitFor(() => expect(ask()).rejects.toMatchObject({ code: "unauthenticated" }), {
    timeout: 16_000,
    interval: 100,
  });
  await Promise.all([signing.close(), trusting.close()]);
}, 20_000);

test("a message is signed for its queue, and taken however often it is delivered", async () => {
  const headers = await sent(outgoingMessage("grades", "{}"));
  const delivered = (destination: string) =>
    resolveMessage(
      grades.resolver,
      incomingMessage({ transport: "message", destination, carrier: headers, getter, body: "{}" }),
    );
  for (let turn = 0; turn < 2; turn++)
    expect(await delivered("grades")).toMatchObject({ tenant, decidedBy: "context" });
  await expect(delivered("payroll")).rejects.toMatchObject({ code: "unauthenticated" });
});

test("while Freehold is away, calls are signed and verified on with what is known", async () => {
  await grades.resolver.resolve(arrived(await sent()));
  const context = await ofStudents();
  const authorization = await bearer(tenant);
  world.door.stop();
  try {
    const headers: Headers = {};
    await students.sender.inject(context, call(), headers, setter);
    expect(await grades.resolver.resolve(arrived(headers))).toMatchObject({ decidedBy: "context" });
    expect(await bearer(tenant)).toBe(authorization);
    await expect(students.token("billing")).rejects.toMatchObject({ code: "unavailable" });
    const fresh = open("students");
    const signing = fresh.sender.inject(context, call(), {}, setter);
    await expect(signing).rejects.toMatchObject({ code: "unavailable" });
    await fresh.close();
  } finally {
    await world.door.start();
  }
});

async function toldOf(of: string) {
  const rows = await world.db.select().from(violation).where(eq(violation.environmentId, of));
  return rows.map(({ code, sources, count }) => ({ code, sources, count }));
}

test("refusals against a proven tenant reach its trail, folded, when the service ends", async () => {
  const mine = (await world.activeEnvironment()).environment.id;
  const authorization = await bearer(mine);
  for (let turn = 0; turn < 3; turn++)
    await expect(
      grades.resolver.resolve(arrived({ authorization, "x-tenant-id": tenant })),
    ).rejects.toMatchObject({ code: "tenant_conflict" });
  const forged = arrived({ authorization, "x-freehold-context": "e30.e30.e30" });
  await expect(grades.resolver.resolve(forged)).rejects.toMatchObject({ code: "unauthenticated" });
  // More of everything than Freehold takes in one explanation.
  const garbage = Array.from({ length: 40 }, (_, index) => `${index}-${"Ω".repeat(200)}`);
  const flooding = arrived({ authorization, "x-tenant-id": garbage });
  await expect(grades.resolver.resolve(flooding)).rejects.toMatchObject({ code: "invalid" });
  expect(grades.figures().violations).toBe(3);
  await grades.close();
  expect(new Set(await toldOf(mine))).toEqual(
    new Set([
      { code: "tenant_conflict", sources: "header,token", count: 3 },
      { code: "unauthenticated", sources: "context,token", count: 1 },
      { code: "invalid", sources: "header,token", count: 1 },
    ]),
  );
});

test("what strangers send is nobody's violation", async () => {
  const strangers: Headers[] = [
    { "x-tenant-id": tenant },
    { "x-tenant-id": [tenant, "22222222-2222-4222-8222-222222222222"] },
    { authorization: "Bearer e30.e30.e30", "x-tenant-id": tenant },
    { "x-freehold-context": "e30.e30.e30", "x-tenant-id": tenant },
  ];
  for (const headers of strangers) await expect(grades.resolver.resolve(arrived(headers))).rejects.toThrow();
  expect(grades.figures().violations).toBe(0);
});

test("a refusal that a transport tells of again counts once", async () => {
  const mine = (await world.activeEnvironment()).environment.id;
  const incoming = arrived({ authorization: await bearer(mine), "x-tenant-id": tenant });
  const refusal = await grades.resolver.resolve(incoming).catch((error: unknown) => error);
  grades.report(refusal as Parameters<Freehold["report"]>[0], incoming);
  await grades.close();
  expect(await toldOf(mine)).toEqual([{ code: "tenant_conflict", sources: "header,token", count: 1 }]);
});

test("a service that ends while Freehold is away ends all the same", async () => {
  const mine = (await world.activeEnvironment()).environment.id;
  const incoming = arrived({ authorization: await bearer(mine), "x-tenant-id": tenant });
  await expect(grades.resolver.resolve(incoming)).rejects.toMatchObject({ code: "tenant_conflict" });
  world.door.stop();
  await grades.close();
  await world.door.start();
  expect(await toldOf(mine)).toEqual([]);
});

test("a list with an empty name is refused at once", () => {
  expect(() => open("grades", { trustedContexts: ["students", " "] })).toThrow(TypeError);
});
