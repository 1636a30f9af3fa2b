import "@/server/testing/door-settings";
import { once } from "node:events";
import { serve, type ServerType } from "@hono/node-server";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { connectFreehold } from "@/server/gateway/connect-freehold";
import { startGateway, type RunningGateway } from "@/server/gateway/gateway";
import { readAccess, readSettings } from "@/server/gateway/settings";
import { withRedis } from "@/server/testing/brokers";
import {
  createDistrictWorld,
  requestWith,
  schoolPackages,
  type DistrictWorld,
  type TestDistrict,
} from "@/server/testing/district-world";
import { takeToken } from "@/server/testing/gateway/control-plane";
import { withPostgres } from "@/server/testing/postgres";
import { addAs } from "@freehold/sdk/bullmq";
import { createFreehold, type Freehold } from "@freehold/sdk";
import { sharedDb } from "@freehold/sdk/resolution/presets";
import { createAssessmentApp } from "./assessment-service/app";
import { startScoring } from "./assessment-service/scoring";
import { createStudentClient } from "./assessment-service/student-client";
import { watched, type Landing } from "./landings";
import { forgeries, type ForgeryName } from "./stage/forgeries";
import { listenOnWire, sendRequest } from "./stage/wire";
import { createStudentApp } from "./student-service/app";
import { createEnrollmentsClient, serveEnrollments } from "./student-service/enrollments";
import { wrongInputs } from "./wrong-inputs.data";

const postgres = withPostgres();
const redis = withRedis();
const closing: (() => unknown)[] = [];
const landings: Landing[] = [];
const unforeseen: unknown[] = [];
let world: DistrictWorld;
let gateway: RunningGateway;
let wire: Awaited<ReturnType<typeof listenOnWire>>;
let students: ServerType;
let assessing: Freehold;
let scoring: ReturnType<typeof startScoring>;
let north: TestDistrict;
let south: TestDistrict;
let caller = "";

const Port = z.object({ port: z.number() });
const portOf = (server: ServerType) => Port.parse(server.address()).port;

async function connect(service: string): Promise<Freehold> {
  const { key } = await world.service(service);
  const freehold = createFreehold({
    url: world.door.url,
    key,
    service,
    policy: sharedDb,
    trustedContexts: ["gateway", "assessment-service"],
    databases: { searchPath: schoolPackages },
  });
  closing.push(() => freehold.close({ drainMs: 0 }));
  return freehold;
}

const tell = (landing: Landing) => void landings.push(landing);

beforeAll(async () => {
  world = await createDistrictWorld(postgres.adminUrl().reveal());
  ({ north, south } = world);

  const studying = await connect("student-service");
  const resolver = watched("student-service", studying.resolver, tell);
  students = serve({
    fetch: createStudentApp(studying, resolver).fetch,
    port: 0,
    hostname: "127.0.0.1",
  });
  await once(students, "listening");
  const enrollments = await serveEnrollments(studying, resolver, 0);
  wire = await listenOnWire(`http://127.0.0.1:${portOf(students)}`);

  assessing = await connect("assessment-service");
  const assessor = watched("assessment-service", assessing.resolver, tell);
  const onError = (error: unknown) => void unforeseen.push(error);
  const place = { host: "127.0.0.1", port: redis.port() };
  scoring = startScoring({ freehold: assessing, resolver: assessor, redis: place, onError });
  const client = createEnrollmentsClient(`127.0.0.1:${enrollments.port}`, assessing.sender);
  const app = createAssessmentApp(assessing, assessor, {
    findStudent: createStudentClient(`http://127.0.0.1:${portOf(students)}`, assessing.sender).find,
    getEnrollment: client.get,
    askScore: scoring.ask,
  });
  const assessments = app.listen(0, "127.0.0.1");
  await once(assessments, "listening");
  closing.push(
    () => scoring.stop(),
    () => client.close(),
    () => enrollments.stop(),
    () => wire.stop(),
    () => students.close(),
    () => assessments.close(),
  );

  caller = (await world.service("caller")).key;
  const { key } = await world.service("gateway");
  const settings = readSettings({
    route: [
      `/students=${wire.origin}@student-service`,
      `/assessments=http://127.0.0.1:${portOf(assessments)}@assessment-service`,
    ],
    preset: "residencySilo",
    sharedHost: ["localhost"],
    port: 0,
    adminPort: 0,
    host: "127.0.0.1",
    grace: 0,
    drain: 0.2,
  });
  const access = readAccess({ FREEHOLD_URL: world.door.url, FREEHOLD_SERVICE_KEY: key });
  gateway = await startGateway(settings, connectFreehold(settings, access));
}, 120_000);

afterAll(async () => {
  await gateway.close();
  for (const close of closing.toReversed()) await close();
  await world.end();
  expect(unforeseen).toEqual([]);
}, 60_000);

const at = () => `http://localhost:${gateway.port}`;

async function ask(district: TestDistrict, what: string, body?: unknown) {
  const [method = "", path = ""] = what.split(" ");
  const authorization = `Bearer ${await takeToken(caller, "gateway", district.id)}`;
  const headers = { host: `localhost:${gateway.port}`, authorization };
  const answer = await sendRequest(at(), { method, path, headers, body });
  return { status: answer.status, body: Answered.parse(JSON.parse(answer.body)) };
}

const Named = z.looseObject({ id: z.string().optional(), first_name: z.string().optional() });
const Answered = z.looseObject({
  id: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  students: z.array(Named).optional(),
  results: z
    .array(z.object({ student_id: z.string(), subject: z.string(), recorded_by: z.string() }).loose())
    .optional(),
});

async function enroll(district: TestDistrict, name: string): Promise<string> {
  const given = { first_name: name, last_name: "Fox", grade: "7" };
  const { status, body } = await ask(district, "POST /students", given);
  expect(status).toBe(201);
  return body.id ?? "";
}

const namesIn = async (district: TestDistrict) =>
  (await ask(district, "GET /students")).body.students?.map(({ first_name }) => first_name) ?? [];
const resultsOf = async (district: TestDistrict, student: string) =>
  (await ask(district, "GET /assessments/results")).body.results?.filter(
    ({ student_id }) => student_id === student,
  ) ?? [];
const landedIn = (district: TestDistrict) =>
  landings
    .filter(({ tenant }) => tenant === district.id)
    .map(({ transport, what }) => `${transport} ${what}`);

describe.for(["a pool", "a database of its own"])("a district in %s", (home) => {
  const here = () => (home === "a pool" ? north : south);
  const other = () => (home === "a pool" ? south : north);

  test("keeps its students to itself", async () => {
    await enroll(here(), `Only in ${home}`);
    expect(await namesIn(here())).toContain(`Only in ${home}`);
    expect(await namesIn(other())).not.toContain(`Only in ${home}`);
  });

  test("an assessment passes three transports and lands in the district each time", async () => {
    const student = await enroll(here(), "Ada");
    landings.length = 0;
    const asked = { student_id: student, subject: "math" };
    expect((await ask(here(), "POST /assessments", asked)).status).toBe(202);
    await expect.poll(() => resultsOf(here(), student), { timeout: 10_000 }).toHaveLength(1);
    const [result] = await resultsOf(here(), student);
    // Who asked at the gateway is who it was for the worker.
    expect(result).toMatchObject({
      subject: "math",
      recorded_by: expect.stringMatching(/^service:/) as string,
    });
    expect(landedIn(here())).toEqual(
      expect.arrayContaining([
        "http POST /assessments",
        `http GET /students/${student}`,
        "grpc /district.Enrollments/GetEnrollment",
        "job scoring/record",
      ]),
    );
    expect(landedIn(other())).toEqual([]);
  });

  test("a student of the other district cannot be assessed", async () => {
    const student = await enroll(other(), "Bo");
    const asked = { student_id: student, subject: "math" };
    expect(await ask(here(), "POST /assessments", asked)).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    expect(await resultsOf(other(), student)).toEqual([]);
  });

  test("asked twice at once, the first assessment of a grade is made once and each student has one result", async () => {
    const student = await enroll(here(), "Cleo");
    const asked = { student_id: student, subject: "science" };
    const both = await Promise.all([
      ask(here(), "POST /assessments", asked),
      ask(here(), "POST /assessments", asked),
    ]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    const [first, second] = both.map(({ body }) => body["assessment"]);
    expect(first).toBe(second);
    await expect.poll(() => resultsOf(here(), student), { timeout: 10_000 }).toHaveLength(1);
    await expect.poll(() => scoring.countOpen(), { timeout: 10_000 }).toBe(0);
    expect(await resultsOf(here(), student)).toHaveLength(1);
  });

  const refusals: [ForgeryName, number, string][] = [
    ["header", 403, "tenant_conflict"],
    ["claim", 401, "unauthenticated"],
    ["host", 403, "tenant_conflict"],
    ["context", 401, "unauthenticated"],
  ];
  test.for(refusals)("a forged %s is refused with %i %s", async ([name, status, code]) => {
    await namesIn(here());
    const { to, ...forged } = forgeries[name].forge({
      own: here(),
      token: await takeToken(caller, "gateway", here().id),
      other: other(),
      gatewayHost: `localhost:${gateway.port}`,
      seen: wire.last("GET /students"),
    });
    const origin = to === "gateway" ? at() : `http://127.0.0.1:${portOf(students)}`;
    landings.length = 0;
    const answer = await sendRequest(origin, forged);
    expect({ status: answer.status, body: JSON.parse(answer.body) as unknown }).toMatchObject({
      status,
      body: { code },
    });
    expect(landings.filter(({ tenant }) => tenant !== null)).toEqual([]);
    for (const district of [here(), other()]) expect(await namesIn(district)).not.toContain("Mallory");
  });

  test("input that is wrong is refused before anything happens", async () => {
    const before = await namesIn(here());
    for (const { to, given, detail } of wrongInputs) {
      const answer = await ask(here(), `POST ${to}`, given);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid", detail } });
    }
    expect(await namesIn(here())).toEqual(before);
  });
});

test("a message that is handed to the other district is a dead letter without effect", async () => {
  const student = await enroll(north, "Dev");
  const queue = new Queue("scoring", { connection: { host: "127.0.0.1", port: redis.port() } });
  const before = await scoring.countDead();
  const context = await assessing.resolver.resolve(
    requestWith(await takeToken(caller, "assessment-service", north.id)),
  );
  const payload = { assessment: "none", student, score: 100 };
  // It waits until it has been tampered with.
  const job = await addAs(context, assessing.sender, queue, {
    name: "record",
    payload,
    options: { delay: 60_000 },
  });
  const data: unknown = JSON.parse(JSON.stringify(job.data).replaceAll(north.id, south.id));
  await job.updateData(data);
  await job.promote();
  await expect.poll(() => scoring.countDead(), { timeout: 10_000 }).toBe(before + 1);
  await queue.close();
  expect(landings.at(-1)).toMatchObject({ transport: "job", tenant: null });
  for (const district of [north, south]) expect(await resultsOf(district, student)).toEqual([]);
});

test("who is suspended is refused by all, the other district goes on", async () => {
  await enroll(south, "Emi");
  await suspendEnvironment(south.ctx, { environment: south.id, reason: "" });
  const status = async () => (await ask(south, "GET /students").catch(() => ({ status: 0 }))).status;
  await expect.poll(status, { timeout: 2_000 }).not.toBe(200);
  expect((await ask(north, "GET /students")).status).toBe(200);
});
