import { connect, headers as createHeaders, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withNats } from "@/server/testing/brokers";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { answerAverage, askAverage } from "../testing/guide/nats.ts";
import { outgoingMessage } from "./message.ts";
import { testTransport } from "./messages.contract.ts";
import {
  natsSetter,
  publishAs,
  requestAs,
  subscribeAs,
  type NatsHandler,
  type NatsSubscriber,
} from "./nats.ts";

const nats = withNats();
let connection: NatsConnection;

beforeAll(async () => {
  connection = await connect({ servers: `127.0.0.1:${nats.port()}` });
});
afterAll(async () => connection.close());

testTransport("NATS", async (world, receiver) => {
  const { resolver, report } = world;
  const options = { subject: "contract.*", deadSubject: "dead", resolver, report };
  subscribeAs(connection, options, (context, message) => receiver.handle(context, message.string()));
  connection.subscribe("dead", {
    callback: (_, message) =>
      receiver.refuse(message.headers?.get("x-freehold-refused") ?? "", message.string()),
  });
  await connection.flush();
  return {
    destination: "contract.grades",
    elsewhere: "contract.payments",
    outgoing: (subject, body) => outgoingMessage(subject, body),
    send: (context, data) =>
      publishAs(context, world.sender, connection, { subject: "contract.grades", data }),
    sendRaw(subject, values, body) {
      const headers = createHeaders();
      for (const [name, value] of Object.entries(values)) headers.append(name, value);
      connection.publish(subject, body, { headers });
      return connection.flush();
    },
  };
});

/** A subscription of the test's own, and what lands at its dead subject. */
async function withSubject(subject: string, handle: NatsHandler, change: Partial<NatsSubscriber> = {}) {
  const world = new MessageWorld();
  const errors: unknown[] = [];
  const dead = connection.subscribe(`dead.${subject}`);
  const letters = dead[Symbol.asyncIterator]();
  const { resolver, report } = world;
  const onError = (error: unknown) => void errors.push(error);
  const options = { subject, deadSubject: `dead.${subject}`, resolver, report, onError, ...change };
  const running = subscribeAs(connection, options, handle);
  await connection.flush();
  return {
    world,
    errors,
    running,
    publish: (tenant: string, data: string) =>
      publishAs(world.context(tenant), world.sender, connection, { subject, data }),
    request: (tenant: string, data = "?") =>
      requestAs(world.context(tenant), world.sender, connection, { subject, data, timeoutMs: 5_000 }),
    async deadLetter(): Promise<Msg> {
      const { value } = await letters.next();
      return value;
    },
  };
}

const answerWithTenant: NatsHandler = ({ tenant }) => Promise.resolve(tenant);

describe("requests", () => {
  test("of two tenants at once have their tenant's answer", async () => {
    const { request } = await withSubject("ask.both", answerWithTenant);
    const tenants = Array.from({ length: 100 }, (_, index) => (index % 2 ? tenantA : tenantB));
    const answers = await Promise.all(tenants.map(async (tenant) => (await request(tenant)).string()));
    expect(answers).toEqual(tenants);
  });

  test("that are refused throw the refusal, and are dead letters", async () => {
    const { world, request, deadLetter } = await withSubject("ask.refused", answerWithTenant);
    world.status.set(tenantA, "suspended");
    await expect(request(tenantA, "body")).rejects.toMatchObject({ code: "tenant_inactive" });
    const letter = await deadLetter();
    expect(letter.string()).toBe("body");
    expect(letter.headers?.get("x-freehold-refused")).toBe("tenant_inactive");
    expect(letter.headers?.get("x-freehold-refused-from")).toBe("ask.refused");
    expect(letter.headers?.get("tenant-id")).toBe(tenantA);
    await expect(request(tenantB)).resolves.toBeTruthy();
  });

  test("whose handler fails say that, and no more", async () => {
    const broken = new Error("postgres://u:secret@host");
    const { request, deadLetter, errors } = await withSubject("ask.broken", () => Promise.reject(broken));
    await expect(request(tenantA)).rejects.toMatchObject({
      code: "unavailable",
      message: "The request was not served.",
    });
    expect((await deadLetter()).headers?.get("x-freehold-refused")).toBe("failed");
    expect(errors).toEqual([broken]);
  });

  test("live no longer than their time out", async () => {
    const { world, request } = await withSubject("ask.late", answerWithTenant);
    world.ahead = 11_000;
    const headers = createHeaders();
    await world.sender.inject(
      world.context(tenantA),
      outgoingMessage("ask.late", "?", 5),
      headers,
      natsSetter,
    );
    world.ahead = 22_000;
    const answer = await connection.request("ask.late", "?", { headers, timeout: 5_000 });
    expect(answer.headers?.get("x-freehold-refused")).toBe("unauthenticated");
    await expect(request(tenantA)).resolves.toBeTruthy();
  });
});

test("a tenant's header that is there twice, or in two cases, is invalid", async () => {
  const { world, deadLetter } = await withSubject("twice", () => Promise.resolve());
  for (const name of ["tenant-id", "Tenant-Id"]) {
    const headers = createHeaders();
    await world.sender.inject(world.context(tenantA), outgoingMessage("twice", "a"), headers, natsSetter);
    headers.append(name, tenantB);
    connection.publish("twice", "a", { headers });
    expect((await deadLetter()).headers?.get("x-freehold-refused")).toBe("invalid");
  }
});

test("what a caller writes into our headers is replaced, and stays as it is where it was", async () => {
  const { world, running } = await withSubject("replaced", answerWithTenant);
  const headers = createHeaders();
  headers.append("Tenant-Id", tenantB);
  headers.append("other", "kept");
  const message = { subject: "replaced", data: "a", headers };
  const answer = await requestAs(world.context(tenantA), world.sender, connection, message);
  expect(answer.string()).toBe(tenantA);
  expect(headers.get("Tenant-Id")).toBe(tenantB);
  await running.stop();
});

test("each message of a group is handled by one of its subscribers", async () => {
  const seen: string[] = [];
  const handle: NatsHandler = (_, message) => Promise.resolve(void seen.push(message.string()));
  const { world, publish } = await withSubject("shared", handle, { queue: "workers" });
  await withSubject("shared", handle, { queue: "workers", resolver: world.resolver });
  const sent = Array.from({ length: 10 }, (_, index) => String(index));
  for (const data of sent) await publish(tenantA, data);
  await expect.poll(() => seen.toSorted()).toEqual(sent);
});

test("a subscription that stops ends what is under way, and handles no more at once than it may", async () => {
  const gate = Promise.withResolvers<void>();
  const full = Promise.withResolvers<void>();
  const counts = { begun: 0, done: 0, most: 0 };
  const handle: NatsHandler = async () => {
    counts.begun += 1;
    counts.most = Math.max(counts.most, counts.begun - counts.done);
    if (counts.begun === 2) full.resolve();
    await gate.promise;
    counts.done += 1;
  };
  const { publish, running } = await withSubject("stops", handle, { concurrency: 2 });
  for (let count = 0; count < 6; count += 1) await publish(tenantA, "a");
  await full.promise;
  const stopping = running.stop();
  gate.resolve();
  await stopping;
  expect(counts).toEqual({ begun: 6, done: 6, most: 2 });
});

test("the program of the guide answers for its tenant", async () => {
  const world = new MessageWorld();
  answerAverage(world.resolver, connection, ({ tenant }, course) =>
    Promise.resolve(tenant === tenantA && course === "maths" ? 11.5 : 0),
  );
  await connection.flush();
  expect(await askAverage(world.context(tenantA), world.sender, connection)).toBe(11.5);
  expect(await askAverage(world.context(tenantB), world.sender, connection)).toBe(0);
});
